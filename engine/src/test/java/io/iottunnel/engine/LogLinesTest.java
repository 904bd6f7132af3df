package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.LocalSockets.Address;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.testkit.secrets.Printed;
import io.iottunnel.testkit.secrets.Secrets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  private static final ServiceId SSH = new ServiceId("SSH1");

  private final List<String> lines = new ArrayList<>();
  private final LogLines log =
      new LogLines(
          new LogSink() {
            @Override
            public boolean takes(LogLevel level) {
              return true;
            }

            @Override
            public void write(LogLevel level, String text) {
              lines.add(level.text() + " " + text);
              Printed.add("a log", text + "\n");
            }
          });

  @Test
  void aSourceBehindAnHttpsWebProxyWritesTheDocumentedSequence() {
    log.starting(Mode.SOURCE);
    connectThroughWebProxy();
    log.listening(SSH, new Address("127.0.0.1", 5555));

    assertLines(
        """
        info Starting proxy in source mode
        info Attempting to establish web socket connection with endpoint wss://data.example.com:443
        debug Resolved Web proxy IP: 10.10.0.11
        debug Connected successfully with Web Proxy
        debug Performed SSL handshake with Web proxy successfully
        debug Successfully sent HTTP CONNECT to the Web proxy
        debug Full response from the Web proxy:
        HTTP/1.1 200 Connection established
        Via: 1.1 squid
        info TCP tunnel established successfully
        debug Connected successfully with proxy server
        debug Successfully completed SSL handshake with proxy server
        info Web socket session ID: 0a109afffee745f5-00001341
        debug Web socket subprotocol selected: aws.iot.securetunneling-3.0
        info Successfully established websocket connection with proxy server: wss://data.example.com:443
        debug Seting up web socket pings for every 20000 milliseconds
        debug Scheduled next read:
        debug Starting web socket read loop continue reading...
        debug Resolved bind IP: 127.0.0.1
        info Listening for new connection on port 5555
        """);
  }

  @Test
  void aDestinationWithoutWebProxyWritesTheSameWithoutItsHops() {
    log.starting(Mode.DESTINATION);
    log.connecting(SERVICE, Optional.empty());
    log.resolved("10.0.0.1");
    log.connected();
    log.reached();
    log.secured();
    log.sessionUp(SERVICE, Optional.empty(), "");
    log.applicationConnected(SSH, new Address("127.0.0.1", 22));

    assertLines(
        """
        info Starting proxy in destination mode
        info Attempting to establish web socket connection with endpoint wss://data.example.com:443
        debug Resolved proxy server IP: 10.0.0.1
        debug Connected successfully with proxy server
        debug Successfully completed SSL handshake with proxy server
        info Web socket session ID: (none given)
        debug Web socket subprotocol selected:\s
        info Successfully established websocket connection with proxy server: wss://data.example.com:443
        info Connected to 127.0.0.1, port: 22
        """);
  }

  @Test
  void theMappingIsWrittenOneServiceALine() {
    log.mapped(Map.of(SSH, "localhost:5555"));
    log.mapped(Map.of(new ServiceId("WEB"), "10.0.0.1:80"));
    log.mapped(Map.of(ServiceId.UNNAMED, "/run/x.sock"));

    assertLines(
        """
        info SSH1 = 5555
        info WEB = 10.0.0.1:80
        info (unnamed) = /run/x.sock
        """);
  }

  @Test
  void aPortThatTheSystemChoosesIsWrittenOnceItIsKnown() {
    log.mapped(Map.of(SSH, "localhost:0"));
    log.listening(SSH, new Address("127.0.0.1", 43210));
    log.mapped(Map.of(SSH, "localhost:43210"));

    assertLines(
        """
        info SSH1 = 43210
        debug Resolved bind IP: 127.0.0.1
        info Listening for new connection on port 43210
        info SSH1 = 43210
        """);
  }

  @Test
  void whatHasNoPortIsShownByItsName() {
    log.listening(SSH, new Address("/run/x.sock", 0));
    log.listening(SSH, new Address("standard input and output", 0));
    log.applicationConnected(SSH, new Address("/run/app.sock", 0));

    assertLines(
        """
        info Listening for new connection on /run/x.sock
        info Listening for new connection on standard input and output
        info Connected to /run/app.sock
        """);
  }

  @Test
  void troubleIsWrittenByItsGravity() {
    log.applicationUnreachable(SSH, "refused", Optional.of(Duration.ofMillis(2500)));
    log.applicationUnreachable(SSH, "refused", Optional.empty());
    log.clientRefused(SSH, "128 are connected");
    log.ignored("stale DATA");
    log.warned("an odd message");
    log.reconnecting("The connection was reset", Duration.ofMillis(1234));
    log.connectionOpened(SSH, 7, 2);
    log.connectionEnded(SSH, 7, 2, "end of file");

    assertLines(
        """
        warning Cannot reach the application of SSH1: refused; next try in 2.5 s
        error Cannot reach the application of SSH1: refused; given up
        warning Turned a client of SSH1 away: 128 are connected
        debug Ignored: stale DATA
        warning an odd message
        warning The connection was reset; connecting again in 1.2 s
        debug SSH1/7#2 opened
        debug SSH1/7#2 ended: end of file
        """);
  }

  @Test
  void everyOutcomeHasItsLine() {
    log.ended(new Outcome.TunnelClosed("expired"));
    log.ended(new Outcome.Stopped());
    log.ended(new Outcome.Failed(new ConfigurationException("no good")));

    assertLines(
        """
        info The tunnel is closed: expired
        info Stopped
        fatal no good
        """);
  }

  @Test
  void messagesAreAlignedAndShowNoPayload() {
    log.sent(new Message.StreamStart(SSH, 7, 1));
    log.sent(new Message.ConnectionStart(SSH, 7, 2));
    log.sent(new Message.Data(SSH, 7, 2, ByteBuffer.allocate(6)));
    log.received(new Message.Data(ServiceId.UNNAMED, 7, 0, ByteBuffer.allocate(1460)));
    log.received(new Message.StreamReset(SSH, 7));
    log.received(new Message.ConnectionReset(SSH, 7, 2));
    log.received(new Message.SessionReset());
    log.received(new Message.ServiceIds(List.of(SSH, new ServiceId("WEB"))));
    log.received(new Message.Unknown(99, true));

    assertLines(
        """
        trace >> SSH1/7#1     STREAM_START
        trace >> SSH1/7#2     CONNECTION_START
        trace >> SSH1/7#2     DATA 6 B
        trace << (unnamed)/7  DATA 1460 B
        trace << SSH1/7       STREAM_RESET
        trace << SSH1/7#2     CONNECTION_RESET
        trace <<              SESSION_RESET
        trace <<              SERVICE_IDS SSH1 WEB
        trace <<              unknown type 99, ignorable
        """);
  }

  @Test
  void textOfOtherMachinesCannotForgeALine() {
    log.connecting(SERVICE, Optional.of(webProxy()));
    lines.clear();
    log.connectAnswered(
        new ConnectAnswer(
            "HTTP/1.1",
            403,
            "No\u001b[2J",
            List.of(new ConnectAnswer.Header("X", "a\r\n[info] forged"))));
    log.sessionUp(SERVICE, Optional.of("id\nforged"), "sub\nforged");
    log.mapped(Map.of(new ServiceId("S\nforged"), "22"));

    assertLines(
        """
        debug Full response from the Web proxy:
        HTTP/1.1 403 No\\u001b[2J
        X: a\\r\\n[info] forged
        info Web socket session ID: id\\nforged
        debug Web socket subprotocol selected: sub\\nforged
        info Successfully established websocket connection with proxy server: wss://data.example.com:443
        info S\\nforged = 22
        """);
  }

  private void connectThroughWebProxy() {
    log.connecting(SERVICE, Optional.of(webProxy()));
    log.resolved("10.10.0.11");
    log.connected();
    log.webProxySecured(new TlsPeer("TLSv1.3", List.of()));
    log.connectSent();
    log.connectAnswered(
        new ConnectAnswer(
            "HTTP/1.1",
            200,
            "Connection established",
            List.of(new ConnectAnswer.Header("Via", "1.1 squid"))));
    log.reached();
    log.secured();
    log.sessionUp(SERVICE, Optional.of("0a109afffee745f5-00001341"), "aws.iot.securetunneling-3.0");
    log.pinging(Duration.ofSeconds(20));
  }

  private static WebProxy webProxy() {
    return new WebProxy(
        WebProxy.Scheme.HTTPS,
        new HostAndPort("proxy.example.com", 3128),
        Optional.of(Secrets.credentials()));
  }

  private void assertLines(String expected) {
    assertEquals(expected, String.join("\n", lines) + "\n");
  }
}
