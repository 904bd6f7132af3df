package io.iottunnel.engine;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TlsPeer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the log lines that people and scripts know from AWS's reference local proxy, word for word
 * ("Seting" included), and beyond them what else happens. Text of other machines is escaped and
 * bounded here.
 */
public final class LogLines implements TunnelObserver {

  private static final int LONGEST_REMOTE_TEXT = 1_000;
  private static final int MOST_HEADERS = 50;

  private static final String ANY_PORT = ":0";

  private final LogSink sink;

  /** The services whose port the system is choosing, with the endpoint that was asked for. */
  private final Map<ServiceId, String> choosing = new ConcurrentHashMap<>();

  private volatile boolean viaWebProxy;

  public LogLines(LogSink sink) {
    this.sink = sink;
  }

  @Override
  public void starting(Mode mode) {
    sink.write(LogLevel.INFO, "Starting proxy in " + mode.wireName() + " mode");
  }

  @Override
  public void connecting(HostAndPort service, Optional<WebProxy> via) {
    viaWebProxy = via.isPresent();
    sink.write(
        LogLevel.INFO,
        "Attempting to establish web socket connection with endpoint wss://" + service);
  }

  @Override
  public void resolved(String ip) {
    sink.write(
        LogLevel.DEBUG,
        (viaWebProxy ? "Resolved Web proxy IP: " : "Resolved proxy server IP: ") + ip);
  }

  @Override
  public void connected() {
    if (viaWebProxy) {
      sink.write(LogLevel.DEBUG, "Connected successfully with Web Proxy");
    }
  }

  @Override
  public void webProxySecured(TlsPeer peer) {
    sink.write(LogLevel.DEBUG, "Performed SSL handshake with Web proxy successfully");
  }

  @Override
  public void connectSent() {
    sink.write(LogLevel.DEBUG, "Successfully sent HTTP CONNECT to the Web proxy");
  }

  @Override
  public void connectAnswered(ConnectAnswer answer) {
    StringBuilder text = new StringBuilder("Full response from the Web proxy:\n");
    text.append(remote(answer.statusLine()));
    answer.headers().stream()
        .limit(MOST_HEADERS)
        .map(header -> remote(header.name() + ": " + header.value()))
        .forEach(line -> text.append('\n').append(line));
    sink.write(LogLevel.DEBUG, text.toString());
  }

  @Override
  public void reached() {
    if (viaWebProxy) {
      sink.write(LogLevel.INFO, "TCP tunnel established successfully");
    }
    sink.write(LogLevel.DEBUG, "Connected successfully with proxy server");
  }

  @Override
  public void secured() {
    sink.write(LogLevel.DEBUG, "Successfully completed SSL handshake with proxy server");
  }

  @Override
  public void sessionUp(HostAndPort service, Optional<String> channelId, String subprotocol) {
    sink.write(
        LogLevel.INFO,
        "Web socket session ID: " + channelId.map(LogLines::remote).orElse("(none given)"));
    sink.write(LogLevel.DEBUG, "Web socket subprotocol selected: " + remote(subprotocol));
    sink.write(
        LogLevel.INFO,
        "Successfully established websocket connection with proxy server: wss://" + service);
  }

  @Override
  public void pinging(Duration period) {
    sink.write(
        LogLevel.DEBUG,
        "Seting up web socket pings for every " + period.toMillis() + " milliseconds");
    sink.write(LogLevel.DEBUG, "Scheduled next read:");
    sink.write(LogLevel.DEBUG, "Starting web socket read loop continue reading...");
  }

  @Override
  public void mapped(Map<ServiceId, String> mapping) {
    mapping.forEach(
        (service, endpoint) -> {
          if (endpoint.endsWith(ANY_PORT)) {
            choosing.put(service, endpoint);
          } else {
            mapped(service, endpoint);
          }
        });
  }

  private void mapped(ServiceId service, String endpoint) {
    sink.write(LogLevel.INFO, named(service) + " = " + withoutLocalhost(endpoint));
  }

  @Override
  public void listening(ServiceId service, LocalSockets.Address address) {
    if (hasNoPort(address)) {
      sink.write(LogLevel.INFO, "Listening for new connection on " + address.ip());
      return;
    }
    String asked = choosing.remove(service);
    if (asked != null) {
      mapped(service, asked.substring(0, asked.length() - 1) + address.port());
    }
    sink.write(LogLevel.DEBUG, "Resolved bind IP: " + address.ip());
    sink.write(LogLevel.INFO, "Listening for new connection on port " + address.port());
  }

  @Override
  public void applicationConnected(ServiceId service, LocalSockets.Address address) {
    sink.write(
        LogLevel.INFO,
        hasNoPort(address)
            ? "Connected to " + address.ip()
            : "Connected to " + address.ip() + ", port: " + address.port());
  }

  @Override
  public void applicationUnreachable(ServiceId service, String reason, Optional<Duration> again) {
    String what = "Cannot reach the application of " + named(service) + ": " + remote(reason);
    again.ifPresentOrElse(
        delay -> sink.write(LogLevel.WARNING, what + "; next try in " + seconds(delay)),
        () -> sink.write(LogLevel.ERROR, what + "; given up"));
  }

  @Override
  public void connectionOpened(ServiceId service, int stream, int connection) {
    sink.write(LogLevel.DEBUG, connection(service, stream, connection) + " opened");
  }

  @Override
  public void connectionEnded(ServiceId service, int stream, int connection, String reason) {
    sink.write(
        LogLevel.DEBUG, connection(service, stream, connection) + " ended: " + remote(reason));
  }

  @Override
  public void clientRefused(ServiceId service, String reason) {
    sink.write(
        LogLevel.WARNING, "Turned a client of " + named(service) + " away: " + remote(reason));
  }

  @Override
  public void ignored(String what) {
    sink.write(LogLevel.DEBUG, "Ignored: " + remote(what));
  }

  @Override
  public void warned(String what) {
    sink.write(LogLevel.WARNING, remote(what));
  }

  @Override
  public void received(Message message) {
    if (sink.takes(LogLevel.TRACE)) {
      sink.write(LogLevel.TRACE, "<< " + message.match(MessageLine.FORMAT));
    }
  }

  @Override
  public void sent(Message message) {
    if (sink.takes(LogLevel.TRACE)) {
      sink.write(LogLevel.TRACE, ">> " + message.match(MessageLine.FORMAT));
    }
  }

  @Override
  public void reconnecting(String reason, Duration delay) {
    sink.write(LogLevel.WARNING, remote(reason) + "; connecting again in " + seconds(delay));
  }

  @Override
  public void ended(Outcome outcome) {
    Line line = outcome.match(LAST_LINE);
    sink.write(line.level(), line.text());
  }

  private record Line(LogLevel level, String text) {}

  private static final Outcome.Cases<Line> LAST_LINE =
      new Outcome.Cases<>() {
        @Override
        public Line tunnelClosed(Outcome.TunnelClosed closed) {
          return new Line(LogLevel.INFO, "The tunnel is closed: " + remote(closed.reason()));
        }

        @Override
        public Line stopped(Outcome.Stopped stopped) {
          return new Line(LogLevel.INFO, "Stopped");
        }

        @Override
        public Line connectionOver(Outcome.ConnectionOver over) {
          return new Line(LogLevel.INFO, "The connection is over, and everything is delivered");
        }

        @Override
        public Line failed(Outcome.Failed failed) {
          return new Line(LogLevel.FATAL, String.valueOf(failed.reason().getMessage()));
        }
      };

  private static boolean hasNoPort(LocalSockets.Address address) {
    return address.port() == 0;
  }

  /** The documented form of the usual case is the port alone. */
  private static String withoutLocalhost(String endpoint) {
    return endpoint.startsWith("localhost:") ? endpoint.substring("localhost:".length()) : endpoint;
  }

  private static String connection(ServiceId service, int stream, int connection) {
    return MessageLine.connection(service, stream, connection);
  }

  private static String named(ServiceId service) {
    return remote(service.toString());
  }

  private static String remote(String text) {
    return Printable.of(text, LONGEST_REMOTE_TEXT);
  }

  private static String seconds(Duration delay) {
    return String.format(Locale.ROOT, "%.1f s", delay.toMillis() / 1000.0);
  }
}
