package io.iottunnel.testkit.contract;

import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.WebProxyDialer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dialers that tell less than they know are caught, each at its rule. */
class ToldSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ToldSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(ToldRules.class, ToldSabotageTest.class);
  }

  /** Passes on what it is told, changed. */
  abstract static class Telling extends SpoiltDialer implements ToldRules {

    TlsPeer changed(TlsPeer peer) {
      return peer;
    }

    Optional<Authentication> changed(Optional<Authentication> by) {
      return by;
    }

    List<String> changed(List<String> offered) {
      return offered;
    }

    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> dialer.dial(proxy, service, changing(observer));
    }

    private DialObserver changing(DialObserver observer) {
      return new DialObserver() {
        @Override
        public void webProxySecured(TlsPeer peer) {
          observer.webProxySecured(changed(peer));
        }

        @Override
        public void connectAnswered(ConnectAnswer answer) {
          observer.connectAnswered(
              new ConnectAnswer(
                  answer.version(),
                  answer.status(),
                  answer.reason(),
                  answer.headers(),
                  changed(answer.authenticatedBy()),
                  changed(answer.offered())));
        }
      };
    }
  }

  @Breaks("d50")
  static class NamesNobody extends Telling {
    @Override
    TlsPeer changed(TlsPeer peer) {
      return new TlsPeer(peer.protocol(), peer.chain().subList(1, peer.chain().size()));
    }
  }

  @Breaks("d51")
  static class TellsTheFirstSchemeAlone extends Telling {
    @Override
    List<String> changed(List<String> offered) {
      return offered.stream().limit(1).toList();
    }
  }

  @Breaks("d52")
  static class TellsNoAuthentication extends Telling {
    @Override
    Optional<Authentication> changed(Optional<Authentication> by) {
      return Optional.empty();
    }
  }
}
