package io.iottunnel.testkit.contract;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.WebProxyDialer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that choose the wrong scheme are caught, each at its rule. */
class SchemeSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(SchemeSabotageTest.class);
  }

  @Breaks("d120")
  static class TakesTheWeakestFirst extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        List<String> order() {
          return List.of(BASIC, DIGEST, NEGOTIATE);
        }
      };
    }
  }

  @Breaks({"d121", "d122"})
  static class FallsBackFromAFixedScheme extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        boolean mayBeUsed(String scheme) {
          return !tried.contains(scheme);
        }
      };
    }
  }

  @Breaks("d123")
  static class ForgetsThatBasicWasNotOffered extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        void ruleOutBasic() {}
      };
    }
  }

  @Breaks("d124")
  static class TakesOneWebProxyForAnother extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> first() {
          return setting.withoutBasic().isEmpty() ? super.first() : Optional.empty();
        }
      };
    }
  }

  @Breaks({"d122", "d125"})
  static class SaysNothing extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        String story() {
          return "";
        }
      };
    }
  }

  @Breaks("d126")
  static class TakesA401ForSomethingElse extends SpoiltDialer implements SchemeRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              failure instanceof WebProxyRefusedException refused && refused.status() == 401
                  ? new WebProxyRefusedException(
                      failure.getMessage(), Retry.AFTER_A_SESSION, refused.status())
                  : failure);
    }
  }

  @Breaks("d127")
  static class LosesAChallengeWithACommaInItsRealm extends SpoiltDialer implements SchemeRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> next(List<String> challenges) {
          return super.next(
              challenges.stream().filter(each -> !each.contains("realm=\"r, ")).toList());
        }
      };
    }
  }
}
