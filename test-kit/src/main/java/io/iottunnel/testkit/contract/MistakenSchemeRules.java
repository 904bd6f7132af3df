package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import io.iottunnel.testkit.webproxy.WebProxyClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Connections that end before anything has shown what the port speaks: many servers drop who speaks
 * TLS to them, or does not, without a word.
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
    for (Script script : List.of(Script.closing(), (Script) WebProxyClient::reset)) {
      ended(script, Scheme.HTTPS, "http://");
    }
  }

  private void ended(Script script, Scheme scheme, String hint) {
    ScriptedWebProxy proxy = bench().playing(script);
    UnreachableException failure =
        bench()
            .fail(
                new WebProxy(scheme, proxy.url().address(), Optional.empty()),
                UnreachableException.class);
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
    Messages.name(failure, proxy.url().address().toString(), hint);
  }
}
