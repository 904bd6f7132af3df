package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.contract.TransportBench.Attempt;
import io.iottunnel.testkit.contract.TransportBench.Opened;
import io.iottunnel.testkit.contract.TransportBench.Service;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a transport asks for a WebSocket, and takes the 101. */
public interface UpgradeRules {

  /** The transport under test. */
  TransportBench bench();

  /**
   * RFC 6455 section 4.1: {@code GET}, the request target untouched, HTTP/1.1. Look for a URI
   * library that rewrites the query.
   */
  @Test
  default void t01_theTargetIsAskedForAsItIs() throws IOException {
    RequestHead request = firstRequest();

    assertEquals("GET", request.method());
    assertEquals(TransportBench.TARGET, request.target());
    assertEquals("HTTP/1.1", request.version());
  }

  /**
   * RFC 9112 section 3.2: exactly one {@code Host}, the service's name with its port. Look for a
   * library that takes the host from the way's address.
   */
  @Test
  default void t02_hostNamesTheServiceOnce() throws IOException {
    Service service = bench().service();
    bench().open(service);

    assertEquals(
        List.of("localhost:" + service.port()), service.connection().readRequest().values("Host"));
  }

  /**
   * The default port is left out of {@code Host}, as RFC 9110 section 4.2.2 has it and the real
   * service is used to, or it is there; nothing else is right.
   */
  @Test
  default void t03_hostNamesTheServiceAlsoOnItsOwnPort() throws IOException {
    Service service = bench().service();
    openAs(service, new HostAndPort(TransportBench.NAME, 443));

    List<String> host = service.connection().readRequest().values("Host");
    assertTrue(
        host.equals(List.of(TransportBench.NAME))
            || host.equals(List.of(TransportBench.NAME + ":443")),
        "Host: " + host);
  }

  /** The tokens travel in the header fields given, each once and unchanged. */
  @Test
  default void t04_eachFieldGivenIsSentOnce() throws IOException {
    RequestHead request = firstRequest();

    assertEquals(List.of(TransportBench.ACCESS_TOKEN), request.values("access-token"));
    assertEquals(List.of(TransportBench.CLIENT_TOKEN), request.values("client-token"));
  }

  /** RFC 6455 section 4.1: version 13, a key of 16 bytes, one subprotocol. */
  @Test
  default void t05_theFieldsOfTheHandshakeAreThere() throws IOException {
    RequestHead request = firstRequest();

    assertEquals("websocket", request.value("Upgrade").orElse(""));
    assertTrue(request.value("Connection").orElse("").matches("(?i)(.*,\\s*)?upgrade(\\s*,.*)?"));
    assertEquals(List.of("13"), request.values("Sec-WebSocket-Version"));
    assertEquals(1, request.values("Sec-WebSocket-Key").size());
    assertEquals(
        16, Base64.getDecoder().decode(request.value("Sec-WebSocket-Key").orElse("")).length);
    assertEquals(List.of(TransportBench.SUBPROTOCOL), request.values("Sec-WebSocket-Protocol"));
  }

  /** Compression would break the frame limits, so no extension is offered. */
  @Test
  default void t06_noExtensionIsOffered() throws IOException {
    assertEquals(List.of(), firstRequest().values("Sec-WebSocket-Extensions"));
  }

  /** RFC 6455 section 4.1: the key is random for each connection. */
  @Test
  default void t07_eachAttemptHasAKeyOfItsOwn() throws IOException {
    assertNotEquals(
        firstRequest().value("Sec-WebSocket-Key"), firstRequest().value("Sec-WebSocket-Key"));
  }

  /** The service takes 4,096 bytes of request in all; what a library adds must leave room. */
  @Test
  default void t08_theRequestStaysSmall() throws IOException {
    RequestHead request = firstRequest();

    assertTrue(request.size() <= 1024, "a small request has grown to " + request.size());
    assertEquals(List.of(), request.values("Cookie"));
  }

  /** RFC 6066 section 3. JSSE leaves names without a dot out unless it is told. */
  @Test
  default void t09_theServicesNameIsSentBySni() throws IOException {
    Service service = bench().service();
    bench().open(service);
    assertEquals(Optional.of("localhost"), service.connection().serverName());

    openAs(service, new HostAndPort(TransportBench.NAME, service.port()));
    assertEquals(Optional.of(TransportBench.NAME), service.connection().serverName());
  }

  /** {@code secured} comes once, when TLS is up, and so before the session is there. */
  @Test
  default void t10_securedComesOnceAndBeforeTheSession() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    RequestHead request = connection.readRequest();
    assertEquals(1, attempt.listener().secureds(), "the upgrade was sent before secured()");

    connection.write(TransportBench.accepting(request));
    attempt.succeed();
    assertEquals(1, attempt.listener().secureds());
  }

  /** The 101 names the channel, which support asks for, and the subprotocol. */
  @Test
  default void t11_theSessionKnowsItsChannelAndSubprotocol() throws IOException {
    TunnelSession session = bench().session().session();

    assertEquals(Optional.of(TransportBench.CHANNEL_ID), session.channelId());
    assertEquals(TransportBench.SUBPROTOCOL, session.subprotocol());
  }

  /** The service may leave both out, and field names have no case (RFC 9110 section 5.1). */
  @Test
  default void t12_aTerse101IsEnough() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.write(
        "HTTP/1.1 101 \r\nupgrade: WebSocket\r\nCONNECTION: upgrade\r\nsec-websocket-accept:"
            + connection.readRequest().accept()
            + "\r\n\r\n");

    TunnelSession session = attempt.succeed();
    assertEquals(Optional.empty(), session.channelId());
    assertEquals("", session.subprotocol());
  }

  /** Any split of TCP is possible, in the middle of TLS records and of the blank line. */
  @Test
  default void t13_aSessionOpensByteByByte() throws IOException {
    Service service = bench().service(bench().serverTls(), Chop.everyByte());

    assertWorks(bench().session(service));
  }

  /** A way may give and take one byte a call, and none now and then: look for a lost remainder. */
  @Test
  default void t14_aSessionOpensOverAWayThatTrickles() throws IOException {
    Service service = bench().service();
    Attempt attempt =
        bench()
            .open(
                bench().transport(),
                new TricklingStream(LoopbackStream.connect(service.port())),
                TransportBench.request(service.port()));
    ServerConnection peer = service.upgrade();

    assertWorks(new Opened(attempt.succeed(), attempt.listener(), peer));
  }

  /** The 101 may come in as many TLS records as it has bytes. */
  @Test
  default void t15_a101SplitAtEveryByteIsOneAnswer() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection peer = service.connection();
    byte[] answer =
        TransportBench.accepting(peer.readRequest()).getBytes(StandardCharsets.ISO_8859_1);
    for (byte each : answer) {
      peer.write(new byte[] {each});
    }

    assertWorks(new Opened(attempt.succeed(), attempt.listener(), peer));
  }

  /** The service sends at once: what is behind the 101 in the same bytes belongs to the session. */
  @Test
  default void t16_framesBehindThe101AreNotLost() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection peer = service.connection();
    byte[] answer =
        TransportBench.accepting(peer.readRequest()).getBytes(StandardCharsets.ISO_8859_1);
    byte[] frames = twoFrames();
    byte[] glued = Arrays.copyOf(answer, answer.length + frames.length);
    System.arraycopy(frames, 0, glued, answer.length, frames.length);
    peer.write(glued);
    attempt.listener().askForAll(attempt.succeed());
    peer.send(Frame.binary(TestBytes.at(30, 30)));

    assertArrayEquals(TestBytes.first(30), Arrays.copyOf(attempt.listener().awaitBytes(30), 30));
  }

  private static byte[] twoFrames() {
    byte[] first = Frame.binary(TestBytes.at(0, 10)).encode();
    byte[] second = Frame.binary(TestBytes.at(10, 20)).encode();
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private RequestHead firstRequest() throws IOException {
    Service service = bench().service();
    bench().open(service);
    return service.connection().readRequest();
  }

  private Attempt openAs(Service service, HostAndPort name) {
    return bench()
        .open(
            bench().transport(),
            LoopbackStream.connect(service.port()),
            TransportBench.request(name));
  }

  private static void assertWorks(Opened up) throws IOException {
    up.peer().send(Frame.binary(TestBytes.first(300)));
    up.listener().askForAll(up.session());
    assertArrayEquals(TestBytes.first(300), up.listener().awaitBytes(300));

    Frames.send(up.session(), TestBytes.first(500));
    assertArrayEquals(TestBytes.first(500), up.peer().readFrame().payload());
  }
}
