package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ports that speak something else than the URL says, or end the connection before anything has
 * shown what they speak: many servers drop who speaks TLS to them, or does not, without a word.
 */
public interface MistakenSchemeRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** By {@code http://}: it may want TLS, and the message says so. Nothing is proved: retried. */
  @Test
  default void d95_whoEndsWithoutAByteMayWantTls() {
    for (Script script :
        List.of(Script.closing(), Script.closingAfterTheRequest(), Script.resetting())) {
      ended(script, Scheme.HTTP, "https://");
    }
  }

  /** By {@code https://}: it may speak plain HTTP. */
  @Test
  default void d96_whoEndsInTheTlsHandshakeMaySpeakPlainHttp() {
    require(Ability.HTTPS_WEB_PROXIES);
    Script resetting =
        client -> {
          client.awaitBeginning(); // or it may be the TCP handshake that fails
          client.reset();
        };
    for (Script script : List.of(Script.closing(), resetting)) {
      ended(script, Scheme.HTTPS, "http://");
    }
  }

  /**
   * What answers the TLS handshake, and neither by TLS nor by HTTP, is shown: escaped, 60 bytes of
   * it. Nobody says that it speaks plain HTTP.
   */
  @Test
  default void d98_whatIsNeitherTlsNorHttpIsShown() {
    require(Ability.HTTPS_WEB_PROXIES);
    String banner = "SSH-2.0-OpenSSH_9.6p1 \u001b[31m" + "x".repeat(500) + "\r\n";
    ScriptedWebProxy proxy = bench().playing(Script.greeting(banner));
    WebProxyRefusedException failure =
        bench().fail(by(Scheme.HTTPS, proxy), WebProxyRefusedException.class);

    assertEquals(0, failure.status());
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
    Messages.name(failure, "SSH-2.0-OpenSSH_9.6p1", "web proxy", proxy.url().address().toString());
    String message = failure.getMessage();
    assertFalse(message.contains("x".repeat(60)), "more than 60 bytes are shown");
    assertFalse(message.contains("\u001b"), "not escaped");
    assertFalse(message.contains("plain HTTP"), message);
  }

  private void ended(Script script, Scheme scheme, String hint) {
    ScriptedWebProxy proxy = bench().playing(script);
    UnreachableException failure = bench().fail(by(scheme, proxy), UnreachableException.class);
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
    Messages.name(failure, proxy.url().address().toString(), hint);
  }

  private static WebProxy by(Scheme scheme, ScriptedWebProxy proxy) {
    return new WebProxy(scheme, proxy.url().address(), Optional.empty());
  }
}
