package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.TlsListener;
import java.util.List;
import java.util.Map;
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

  private final TestCa ca;
  private final Behaviour behaviour;
  private final Signal signal;
  private final Findings findings;
  private final TlsListener listener;
  private final UpgradeDesk upgrades;
  private final AtomicInteger tunnels = new AtomicInteger();

  ServiceEmulator(TestCa ca, List<String> names, int port, Chop writes, Behaviour behaviour) {
    this.ca = ca;
    this.behaviour = behaviour;
    this.signal = new Signal(behaviour.limit());
    this.findings = new Findings(signal);
    this.upgrades = new UpgradeDesk(behaviour, findings, signal);
    this.listener =
        new TlsListener(
            "service-emulator",
            ca.intermediate("Test Intermediate CA")
                .leaf(names.toArray(new String[0]))
                .serverContext(),
            port,
            writes,
            upgrades::serve);
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
    upgrades.register(tunnel.source());
    upgrades.register(tunnel.destination());
    return tunnel;
  }

  /** Every upgrade request that came, in order. */
  public List<Handshake> handshakes() {
    return upgrades.handshakes();
  }

  /** Waits for upgrade request number {@code count}, counted from 1, and returns it. */
  public Handshake awaitHandshake(int count) {
    return signal.await(
        "upgrade request number " + count,
        () -> upgrades.handshakes().stream().skip(count - 1L).findFirst());
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
    upgrades.refuseNext(new Refusal(status, headers, body));
  }

  /** Never answers the next upgrade. */
  public void ignoreNextUpgrade() {
    upgrades.refuseNext(Refusal.SILENCE);
  }

  /** Closes the connections of the next {@code count} sessions right behind their 101. */
  public void dropNextSessions(int count) {
    upgrades.dropNext(count);
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
    upgrades.resumeReading();
    listener.close();
    assertNoBreach();
  }

  // For the tunnels.

  String rotate(TunnelEnd end) {
    upgrades.forget(end);
    end.rotate(newToken());
    upgrades.register(end);
    return end.token();
  }

  static String newToken() {
    return Secrets.token();
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
