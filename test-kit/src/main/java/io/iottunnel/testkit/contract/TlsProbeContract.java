package io.iottunnel.testkit.contract;

import io.iottunnel.ports.TlsProbe;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link TlsProbe} must do. Extend it, supply {@link #probe}, and read the Javadoc of
 * the rule that fails. The rules are numbered from {@code p01} on.
 */
@Timeout(60)
public abstract class TlsProbeContract implements TlsProbeRules {

  private @Nullable ProbeBench bench;

  protected TlsProbeContract() {}

  /**
   * A probe. It lives as long as the test: what it has to close, the extending class closes in a
   * method of its own that is annotated with {@link AfterEach}.
   *
   * @param trust whom to trust; host names are to be checked
   * @param limit how long the TLS handshake may take
   */
  protected abstract TlsProbe probe(SSLContext trust, Duration limit);

  @BeforeEach
  void openBench() {
    bench = new ProbeBench(this::probe);
  }

  @AfterEach
  void closeBench() {
    bench().close();
  }

  @Override
  public final ProbeBench bench() {
    return Objects.requireNonNull(bench, "only within a test");
  }
}
