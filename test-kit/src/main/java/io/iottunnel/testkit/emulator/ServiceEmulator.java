package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.websocket.TlsListener;
import io.iottunnel.testkit.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tunneling service on loopback: TLS, the rules of the upgrade, tunnels with their tokens, the
 * relay between two ends, faults on demand, and a strict judge of what clients send.
 *
 * <pre>{@code
 * try (ServiceEmulator service = ServiceEmulator.start()) {
 *   Tunnel tunnel = service.openTunnel("SSH1", "WEB");
 *   // connect local proxies to service.address() with tunnel.source().token() and
 *   // tunnel.destination().token(), trusting service.ca()
 *   tunnel.source().awaitSession();
 *   ...
 * } // fails when a client broke a rule
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ServiceEmulator implements AutoCloseable {

  private static final String SPEAKS_1_0 = "aws.iot.securetunneling-1.0";

  private final TestCa ca;
  private final Behaviour behaviour;
  private final Signal signal;
  private final Findings findings;
  private final TlsListener listener;
  private final Map<String, TunnelEnd> ends = new ConcurrentHashMap<>();
  private final AtomicInteger tunnels = new AtomicInteger();
  private final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger dropsAfterUpgrade = new AtomicInteger();

  ServiceEmulator(TestCa ca, List<String> names, int port, Chop writes, Behaviour behaviour) {
    this.ca = ca;
    this.behaviour = behaviour;
    this.signal = new Signal(behaviour.limit());
    this.findings = new Findings(signal);
    this.listener =
        new TlsListener(
            "service-emulator",
            ca.intermediate("Test Intermediate CA")
                .leaf(names.toArray(new String[0]))
                .serverContext(),
            port,
            writes,
            this::serve);
  }

  /** An emulator that behaves well. */
  public static ServiceEmulator start() {
    return builder().start();
  }

  /** Chooses how the emulator behaves. */
  public static ServiceEmulatorBuilder builder() {
    return new ServiceEmulatorBuilder();
  }

  /** Where the service listens. */
  public HostAndPort address() {
    return new HostAndPort("localhost", listener.port());
  }

  /** The authority that clients must trust. */
  public TestCa ca() {
    return ca;
  }

  /** Opens a tunnel with these services; none for the single unnamed one. */
  public Tunnel openTunnel(String... services) {
    Tunnel tunnel = new Tunnel(this, tunnels.incrementAndGet(), List.of(services));
    ends.put(tunnel.source().token(), tunnel.source());
    ends.put(tunnel.destination().token(), tunnel.destination());
    return tunnel;
  }

  /** Every upgrade request that came, in order. */
  public List<Handshake> handshakes() {
    return List.copyOf(handshakes);
  }

  /** Waits for upgrade request number {@code count}, counted from 1, and returns it. */
  public Handshake awaitHandshake(int count) {
    return signal.await(
        "upgrade request number " + count, () -> handshakes.stream().skip(count - 1L).findFirst());
  }

  // Faults.

  /** Answers the next {@code count} upgrades with this status and nothing else of interest. */
  public void refuseNextUpgrades(int count, int status) {
    for (int i = 0; i < count; i++) {
      refuseNextUpgrade(status, Map.of(), "");
    }
  }

  /** Answers the next upgrade with this status, further header fields, and this text. */
  public void refuseNextUpgrade(int status, Map<String, String> headers, String body) {
    refusals.add(new Refusal(status, headers, body));
  }

  /** Never answers the next upgrade. */
  public void ignoreNextUpgrade() {
    refusals.add(Refusal.SILENCE);
  }

  /** Closes the connections of the next {@code count} sessions right behind their 101. */
  public void dropNextSessions(int count) {
    dropsAfterUpgrade.addAndGet(count);
  }

  // The judge.

  /** The breaches found so far. */
  public List<Breach> breaches() {
    return findings.all();
  }

  /**
   * Waits for a breach of this rule, which may have been found already, then hands over and forgets
   * everything found so far: for tests that provoke it.
   */
  public List<Breach> takeBreaches(Rule awaited) {
    signal.await(
        "breach of " + awaited + " (found: " + findings.all() + ")",
        () -> findings.all().stream().filter(b -> b.rule() == awaited).findFirst());
    return findings.take();
  }

  /**
   * Does nothing when every client kept every rule.
   *
   * @throws AssertionError that lists the breaches
   */
  public void assertNoBreach() {
    findings.assertNone();
  }

  /**
   * Ends every connection and thread.
   *
   * @throws AssertionError that lists the breaches, if there are any
   */
  @Override
  public void close() {
    ends.values().forEach(TunnelEnd::resumeReading);
    listener.close();
    assertNoBreach();
  }

  // Serving.

  private void serve(ServerConnection connection) throws IOException {
    RequestHead request = connection.readRequest();
    String channelId = UUID.randomUUID().toString();
    Optional<Refusal> fault = Optional.ofNullable(refusals.poll());
    if (fault.isPresent()) {
      refuse(connection, request, channelId, fault.get());
      return;
    }
    boolean lawful =
        UpgradeJudge.judge(
            request,
            (rule, detail) ->
                findings.add(new Breach(rule, "upgrade, channel-id " + channelId, detail)));
    if (!lawful) {
      refuse(connection, request, channelId, Refusal.of("Bad upgrade request"));
      return;
    }
    TunnelEnd end = ends.get(request.value("access-token").orElseThrow());
    if (end == null) {
      refuse(connection, request, channelId, Refusal.of("Invalid access token"));
      return;
    }
    Optional<Refusal> refusal = admit(end, request, channelId);
    if (refusal.isPresent()) {
      refuse(connection, request, channelId, refusal.get());
      return;
    }
    begin(connection, request, channelId, end);
  }

  private Optional<Refusal> admit(TunnelEnd end, RequestHead request, String channelId) {
    if (end.tunnel().isClosed()) {
      return Optional.of(
          new Refusal(400, Map.of("X-Status-Reason", "Tunnel is closed"), "Tunnel is closed"));
    }
    if (!request.target().endsWith("=" + end.mode().wireName())) {
      return Optional.of(Refusal.of("Invalid access token: it is for the other mode"));
    }
    return end.admit(
            request,
            detail ->
                findings.add(
                    new Breach(
                        Rule.CLIENT_TOKEN_CONSTANT, end + ", channel-id " + channelId, detail)))
        .map(Refusal::of);
  }

  private void refuse(
      ServerConnection connection, RequestHead request, String channelId, Refusal refusal)
      throws IOException {
    note(connection, request, channelId, refusal.status());
    if (!refusal.isSilence()) {
      connection.write(refusal.answer(channelId));
      connection.close();
    }
  }

  private void begin(
      ServerConnection connection, RequestHead request, String channelId, TunnelEnd end)
      throws IOException {
    String subprotocol =
        behaviour
            .subprotocol()
            .orElseGet(() -> UpgradeJudge.chosenSubprotocol(request).orElseThrow());
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + ("Sec-WebSocket-Accept: " + request.accept() + "\r\n")
            + ("Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + ("channel-id: " + channelId + "\r\n\r\n");
    note(connection, request, channelId, 101);
    if (dropsAfterUpgrade.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      connection.write(answer);
      connection.cut(false);
      return;
    }
    Session session = new Session(connection, end, channelId, behaviour);
    boolean needsServiceIds = !subprotocol.equals(SPEAKS_1_0);
    boolean serviceIdsNow = needsServiceIds && !behaviour.withholdsServiceIds();
    end.begins(session);
    if (!needsServiceIds) {
      session.allowSending();
    }
    session.open(
        answer,
        serviceIdsNow
            ? Optional.of(Message.serviceIds(List.copyOf(end.tunnel().services())))
            : Optional.empty());
    if (serviceIdsNow || !needsServiceIds) {
      end.becomeReady();
    }
    session.serve();
  }

  private void note(
      ServerConnection connection, RequestHead request, String channelId, int status) {
    handshakes.add(
        new Handshake(
            request, connection.serverName(), connection.tlsVersion(), channelId, status));
    signal.changed();
  }

  // For the tunnels.

  String rotate(TunnelEnd end) {
    String token = newToken();
    ends.remove(end.token());
    ends.put(token, end);
    end.rotate(token);
    return token;
  }

  static String newToken() {
    return "token-" + UUID.randomUUID();
  }

  Signal signal() {
    return signal;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Findings findings() {
    return findings;
  }
}
