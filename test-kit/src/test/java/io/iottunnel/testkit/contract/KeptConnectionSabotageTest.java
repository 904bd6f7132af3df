package io.iottunnel.testkit.contract;

import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.WebProxyDialer;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that use the wrong connection are caught, each at its rule. */
class KeptConnectionSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(KeptConnectionSabotageTest.class);
  }

  @Breaks({"d130", "d135"})
  static class LeavesEveryConnection extends SpoiltDialer implements KeptConnectionRules {
    @Override
    InputStream received(InputStream honest) {
      return new RewrittenInput(honest, text -> text.replace("HTTP/1.1 407", "HTTP/1.0 407"));
    }
  }

  @Breaks("d135")
  static class LeavesEveryConnectionByTls extends SpoiltDialer implements KeptConnectionRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      WebProxyDialer honest = new SmallDialer(settings);
      WebProxyDialer leaving =
          new SmallDialer(
              settings,
              SmallHooks.NONE.received(
                  input ->
                      new RewrittenInput(
                          input, text -> text.replace("HTTP/1.1 407", "HTTP/1.0 407"))));
      return (proxy, service, observer) ->
          (proxy.scheme() == WebProxy.Scheme.HTTPS ? leaving : honest)
              .dial(proxy, service, observer);
    }
  }

  @Breaks("d131")
  static class LooksForTheBlankLineInOneBuffer extends SpoiltDialer implements KeptConnectionRules {
    @Override
    InputStream received(InputStream honest) {
      return new HastyInput(honest);
    }
  }

  @Breaks({"d132", "d134", "d135"})
  static class BelievesInEveryConnection extends SpoiltDialer implements KeptConnectionRules {
    @Override
    InputStream received(InputStream honest) {
      return new RewrittenInput(
          honest, text -> text.replace("Connection: close", "Connection: klose"));
    }

    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return neverAgain(setting);
    }
  }

  @Breaks("d133")
  static class TakesABodyForTheNextAnswer extends SpoiltDialer implements KeptConnectionRules {
    @Override
    InputStream received(InputStream honest) {
      return new RewrittenInput(honest, text -> text.replace(": 99999999", ": 00000000"));
    }
  }

  @Breaks("d134")
  static class NeverAsksAgain extends SpoiltDialer implements KeptConnectionRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return neverAgain(setting);
    }
  }

  private static SmallLogin neverAgain(SmallLogin.Setting setting) {
    return new SmallLogin(setting) {
      @Override
      Optional<String> again() {
        return Optional.empty();
      }
    };
  }
}
