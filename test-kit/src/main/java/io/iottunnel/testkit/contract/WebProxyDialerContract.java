package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.webproxy.Script;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link WebProxyDialer} must do. Extend it, supply {@link #dialer}, and read the
 * Javadoc of the rule that fails: it says where to look.
 *
 * <p>The rules are numbered: {@code d01} and on for the request, {@code d20} for answers that open
 * the tunnel, {@code d40} for TLS to the web proxy, {@code d50} for what an observer is told,
 * {@code d60} for answers that do not open it, {@code d80} for what is broken, {@code d95} for
 * mistaken schemes, {@code d100} for Digest, {@code d110} for Negotiate, {@code d120} for the
 * choice between schemes, {@code d130} for the connection behind a 407, {@code d140} for what users
 * set about TLS, and {@code b01} and on for what the stream does that is handed over, once for each
 * scheme. Some need a name with two addresses: see {@link TwoAddresses}.
 */
@Timeout(60)
public abstract class WebProxyDialerContract
    implements ConnectRequestRules,
        ConnectAnswerRules,
        HttpsWebProxyRules,
        TlsSettingsRules,
        ToldRules,
        RefusalRules,
        RetryAfterRules,
        DigestRules,
        NegotiateRules,
        SchemeRules,
        KeptConnectionRules,
        BrokenWebProxyRules,
        MistakenSchemeRules {

  private @Nullable DialerBench bench;

  protected WebProxyDialerContract() {}

  /** What a dialer may be unable to do, so that the rules about it are skipped, visibly. */
  public enum Ability {
    /** TLS to the web proxy. */
    HTTPS_WEB_PROXIES,
    /** A client certificate in TLS to the web proxy. */
    CLIENT_CERTIFICATES,
    /** Authentication by Digest. */
    DIGEST,
    /** Authentication by Negotiate. */
    NEGOTIATE,
    /** One direction of a stream over TLS ends while the other goes on. */
    HALF_CLOSE_OVER_TLS
  }

  /**
   * A dialer. It lives as long as the test: what it has to close, the extending class closes in a
   * method of its own that is annotated with {@link AfterEach}.
   *
   * @param settings what it must be made with
   */
  protected abstract WebProxyDialer dialer(DialerSettings settings);

  /** What the dialer cannot do; nothing unless overridden. */
  protected Set<Ability> lacks() {
    return Set.of();
  }

  @BeforeEach
  void openBench() {
    bench = new DialerBench(this::dialer);
  }

  @AfterEach
  void closeBench() {
    bench().close();
  }

  @Override
  public final DialerBench bench() {
    return Objects.requireNonNull(bench, "only within a test");
  }

  @Override
  public final void require(Ability ability) {
    assumeTrue(!lacks().contains(ability), "this dialer declares that it lacks " + ability);
  }

  /** The streams through web proxies that are spoken to in the clear. */
  @Nested
  class StreamByHttp implements ByteStreamRules {
    @Override
    public Joined join() {
      return bench().open(bench().playing(Script.working()));
    }
  }

  /** The streams through web proxies that are spoken to over TLS. */
  @Nested
  class StreamByHttps implements ByteStreamRules {
    @Override
    public Joined join() {
      require(Ability.HTTPS_WEB_PROXIES);
      return bench().open(bench().playingOverTls(Script.working()));
    }

    @Override
    public String noHalfClose() {
      return lacks().contains(Ability.HALF_CLOSE_OVER_TLS)
          ? "this dialer declares that it cannot close one direction of TLS alone"
          : "";
    }
  }
}
