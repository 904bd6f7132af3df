package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.wire.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers upgrade requests, by the rules or as it was told to. Thread-safe. */
final class UpgradeDesk {

  private static final String SPEAKS_1_0 = "aws.iot.securetunneling-1.0";

  private final Behaviour behaviour;
  private final Findings findings;
  private final Signal signal;
  private final Map<String, TunnelEnd> ends = new ConcurrentHashMap<>();
  private final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger drops = new AtomicInteger();

  UpgradeDesk(Behaviour behaviour, Findings findings, Signal signal) {
    this.behaviour = behaviour;
    this.findings = findings;
    this.signal = signal;
  }

  /** From now on the end's access token is known. */
  void register(TunnelEnd end) {
    ends.put(end.token(), end);
  }

  /** From now on the end's access token is unknown. */
  void forget(TunnelEnd end) {
    ends.remove(end.token());
  }

  void refuseNext(Refusal refusal) {
    refusals.add(refusal);
  }

  void dropNext(int sessions) {
    drops.addAndGet(sessions);
  }

  List<Handshake> handshakes() {
    return List.copyOf(handshakes);
  }

  /** Lets those who wait at a session's gate go on. */
  void resumeReading() {
    ends.values().forEach(TunnelEnd::resumeReading);
  }

  /** Answers one request, and serves the session that follows, if one does. */
  void serve(ServerConnection connection) throws IOException {
    Arrival arrival =
        new Arrival(connection, connection.readRequest(), UUID.randomUUID().toString());
    Optional<Refusal> fault = Optional.ofNullable(refusals.poll());
    if (fault.isPresent()) {
      refuse(arrival, fault.get());
    } else if (!UpgradeJudge.judge(arrival.request(), arrival::breach)) {
      refuse(arrival, Refusal.of("Bad upgrade request"));
    } else {
      serveLawful(arrival);
    }
  }

  /** A request that has come. */
  private final class Arrival {
    private final ServerConnection connection;
    private final RequestHead request;
    private final String channelId;

    Arrival(ServerConnection connection, RequestHead request, String channelId) {
      this.connection = connection;
      this.request = request;
      this.channelId = channelId;
    }

    RequestHead request() {
      return request;
    }

    void breach(Rule rule, String detail) {
      findings.add(new Breach(rule, "upgrade request, channel-id " + channelId, detail));
    }

    /** Notes what became of it, before the client learns. */
    void note(int status) {
      handshakes.add(
          new Handshake(
              request, connection.serverName(), connection.tlsVersion(), channelId, status));
      signal.changed();
    }
  }

  private static void refuse(Arrival arrival, Refusal refusal) throws IOException {
    arrival.note(refusal.status());
    if (!refusal.isSilence()) {
      arrival.connection.write(refusal.answer(arrival.channelId));
      arrival.connection.close();
    }
  }

  private void serveLawful(Arrival arrival) throws IOException {
    arrival.request.value("client-token").ifPresent(Secrets::watch);
    TunnelEnd end = ends.get(arrival.request.value("access-token").orElseThrow());
    if (end == null) {
      refuse(arrival, Refusal.of("Invalid access token"));
      return;
    }
    Optional<Refusal> refusal = refusalBy(end, arrival);
    if (refusal.isPresent()) {
      refuse(arrival, refusal.get());
      return;
    }
    open(arrival, end);
  }

  private static Optional<Refusal> refusalBy(TunnelEnd end, Arrival arrival) {
    if (end.tunnel().isClosed()) {
      return Optional.of(Refusal.TUNNEL_CLOSED);
    }
    if (!arrival.request.target().endsWith("=" + end.mode().wireName())) {
      return Optional.of(Refusal.of("Invalid access token: it is for the other mode"));
    }
    return end.admission()
        .admit(
            arrival.request.value("client-token"),
            detail -> arrival.breach(Rule.CLIENT_TOKEN_CONSTANT, detail))
        .map(Refusal::of);
  }

  private void open(Arrival arrival, TunnelEnd end) throws IOException {
    ServerConnection connection = arrival.connection;
    if (behaviour.socketBuffers().isPresent()) {
      connection.socketBuffers(behaviour.socketBuffers().getAsInt());
    }
    String subprotocol =
        behaviour
            .subprotocol()
            .orElseGet(() -> UpgradeJudge.chosenSubprotocol(arrival.request).orElseThrow());
    byte[] answer = accepting(arrival, subprotocol);
    arrival.note(101);
    if (drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      connection.write(answer);
      connection.cut(false);
      return;
    }
    Session session = new Session(connection, end, arrival.channelId, behaviour.frames());
    Message serviceIds = Message.serviceIds(List.copyOf(end.tunnel().services()));
    boolean needsServiceIds = !subprotocol.equals(SPEAKS_1_0);
    boolean glued = needsServiceIds && behaviour.gluesServiceIds();
    boolean withheld = needsServiceIds && behaviour.withholdsServiceIds();
    if (!needsServiceIds) {
      session.allowSending();
    } else if (glued) {
      session.delivers(serviceIds);
    }
    connection.write(glued ? join(answer, Frame.binary(serviceIds.encode()).encode()) : answer);
    end.slot().begin(session);
    if (needsServiceIds && !glued && !withheld) {
      session.output().send(List.of(serviceIds));
    }
    if (!withheld) {
      end.slot().becomeReady(session);
    }
    session.serve();
  }

  private static byte[] accepting(Arrival arrival, String subprotocol) {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + ("Sec-WebSocket-Accept: " + arrival.request.accept() + "\r\n")
            + ("Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + ("channel-id: " + arrival.channelId + "\r\n\r\n");
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
