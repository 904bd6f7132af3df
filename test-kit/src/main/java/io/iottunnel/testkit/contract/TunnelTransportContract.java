package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.iottunnel.ports.TunnelTransport;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link TunnelTransport} must do. Extend it, supply {@link #transport}, and read the
 * Javadoc of the rule that fails: it says where to look. No other adapter is needed: the ways to
 * the service are the kit's own.
 *
 * <p>The rules are numbered: {@code t01} and on for the upgrade, {@code t20} for its refusal,
 * {@code t40} for receiving, {@code t60} for sending, and {@code t80} for the ways to end.
 */
@Timeout(60)
public abstract class TunnelTransportContract
    implements UpgradeRules, UpgradeRefusalRules, ReceivingRules, SendingRules, EndingRules {

  private @Nullable TransportBench bench;

  protected TunnelTransportContract() {}

  /** What a transport may be unable to do, so that the rules about it are skipped, visibly. */
  public enum Ability {
    /** To see pings and pongs while no frame is asked for. */
    CONTROL_FRAMES_WITHOUT_DEMAND
  }

  /**
   * A new transport. The contract closes it.
   *
   * @param trust whom to trust; host names are to be checked
   * @param limit how long the TLS handshake may take, and how long the answer to the upgrade
   */
  protected abstract TunnelTransport transport(SSLContext trust, Duration limit);

  /** What the transport cannot do; nothing unless overridden. */
  protected Set<Ability> lacks() {
    return Set.of();
  }

  @BeforeEach
  void openBench() {
    bench = new TransportBench(this::transport);
  }

  @AfterEach
  void closeBench() {
    bench().close();
  }

  @Override
  public final TransportBench bench() {
    return Objects.requireNonNull(bench, "only within a test");
  }

  @Override
  public final void requireControlFramesWithoutDemand() {
    assumeFalse(
        lacks().contains(Ability.CONTROL_FRAMES_WITHOUT_DEMAND),
        "this transport declares that it reads nothing while no frame is asked for");
  }
}
