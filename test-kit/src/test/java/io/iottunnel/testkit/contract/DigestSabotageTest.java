package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.WebProxyDialer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that are wrong about Digest are caught, each at its rule. */
class DigestSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(DigestSabotageTest.class);
  }

  @Breaks("d100")
  static class SendsAQopThatIsNotOffered extends SpoiltDialer implements DigestRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        String answer(SmallDigest known) {
          return known.answer(setting.proxy().credentials().orElseThrow(), setting.target(), true);
        }
      };
    }
  }

  @Breaks("d101")
  static class TakesTheFirstAlgorithm extends SpoiltDialer implements DigestRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<SmallDigest> chosen() {
          return digests().findFirst();
        }
      };
    }
  }

  @Breaks("d102")
  static class TakesAStaleNonceForARefusal extends SpoiltDialer implements DigestRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        boolean isOnlyStale() {
          return false;
        }
      };
    }
  }

  @Breaks("d103")
  static class TakesARefusalForAStaleNonce extends SpoiltDialer implements DigestRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        boolean isOnlyStale() {
          return true;
        }
      };
    }
  }

  @Breaks("d104")
  static class SendsAnOldAnswerAgain extends SpoiltDialer implements DigestRules {
    private final Map<HostAndPort, String> old = new ConcurrentHashMap<>();

    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<String> first() {
          return Optional.ofNullable(old.get(setting.proxy().address()));
        }

        @Override
        String answer(SmallDigest known) {
          String answer = super.answer(known);
          old.put(setting.proxy().address(), answer);
          return answer;
        }
      };
    }
  }

  @Breaks("d105")
  static class AnswersWhatItDoesNotKnow extends SpoiltDialer implements DigestRules {
    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        Optional<SmallDigest> chosen() {
          return super.chosen().or(() -> SmallDigest.of("Digest nonce=\"n\""));
        }
      };
    }
  }

  @Breaks("d106")
  static class TellsWhatItSent extends SpoiltDialer implements DigestRules {
    private final AtomicReference<String> sent = new AtomicReference<>("");

    @Override
    SmallLogin login(SmallLogin.Setting setting) {
      return new SmallLogin(setting) {
        @Override
        String answer(SmallDigest known) {
          String answer = super.answer(known);
          sent.set(answer);
          return answer;
        }
      };
    }

    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message + sent);
    }
  }
}
