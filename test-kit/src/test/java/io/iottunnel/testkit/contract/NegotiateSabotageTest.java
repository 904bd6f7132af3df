package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that are wrong about Negotiate are caught, each at its rule. */
class NegotiateSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(NegotiateSabotageTest.class);
  }

  @Breaks("d110")
  static class AsksForATokenForAnotherHost extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        String host() {
          return "service.invalid";
        }
      };
    }
  }

  @Breaks({"d111", "d118"})
  static class ForgetsTheWebProxysToken extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> token(String received) {
          return super.token("");
        }
      };
    }
  }

  @Breaks("d112")
  static class GivesUpWhereTheConnectionEnds extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> again() {
          return Optional.empty();
        }
      };
    }
  }

  @Breaks("d113")
  static class KnowsNothingButNegotiate extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        List<String> order() {
          return List.of(NEGOTIATE);
        }
      };
    }
  }

  @Breaks("d114")
  static class DoesNotSayWhatIsWrong extends SpoiltDialer implements NegotiateRules {
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

  @Breaks("d115")
  static class ShowsATicketTwice extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        boolean mayBeUsed(String scheme) {
          return super.mayBeUsed(scheme) || Collections.frequency(tried, NEGOTIATE) == 1;
        }
      };
    }
  }

  @Breaks({"d116", "d117"})
  static class MakesOneTokenAtATime extends SpoiltDialer implements NegotiateRules {
    private final Object turn = new Object();

    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> first() {
          synchronized (turn) {
            return super.first();
          }
        }

        @Override
        Optional<String> token(String received) {
          synchronized (turn) {
            return super.token(received);
          }
        }
      };
    }
  }

  @Breaks("d117")
  static class WaitsForATokenForEver extends SpoiltDialer implements NegotiateRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings.within(StageLimits.GENEROUS), hooks());
    }
  }

  @Breaks("d118")
  static class KeepsTheKeys extends SpoiltDialer implements NegotiateRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        void close() {}
      };
    }
  }
}
