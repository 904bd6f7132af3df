package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that do not say what may be mistaken are caught, each at its rule. */
class MistakenSchemeSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(MistakenSchemeSabotageTest.class);
  }

  @Breaks("d95")
  static class DoesNotThinkOfTls extends SpoiltDialer implements MistakenSchemeRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("use https://", "look"));
    }
  }

  @Breaks("d96")
  static class DoesNotThinkOfPlainHttp extends SpoiltDialer implements MistakenSchemeRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("use http://", "look"));
    }
  }

  @Breaks("d98")
  static class HidesWhatIsNotTls extends SpoiltDialer implements MistakenSchemeRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("SSH-2.0", "something"));
    }
  }
}
