package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that do not understand every good answer are caught, each at its rule. */
class ConnectAnswerSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ConnectAnswerSabotageTest.class);
  }

  @Breaks("d20")
  static class Takes200Alone extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new PickyDialer(dialer, answer -> answer.status() == 200);
    }
  }

  @Breaks({"d21", "d29"})
  static class TakesHttp11Alone extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new PickyDialer(dialer, answer -> answer.version().equals("HTTP/1.1"));
    }
  }

  @Breaks("d22")
  static class WantsAReason extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new PickyDialer(dialer, answer -> !answer.reason().isEmpty());
    }
  }

  @Breaks({"d23", "d29"})
  static class TakesAnInterimAnswerForTheFinalOne extends SpoiltDialer
      implements ConnectAnswerRules {
    @Override
    InputStream received(InputStream honest) {
      return new RewrittenInput(honest, text -> text.replaceFirst("^HTTP/1.1 100", "HTTP/1.1 200"));
    }
  }

  @Breaks({"d24", "d25"})
  static class LooksForTheBlankLineInOneBuffer extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    InputStream received(InputStream honest) {
      return new HastyInput(honest);
    }
  }

  @Breaks("d26")
  static class WaitsForABodyOfThe2xx extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new PickyDialer(
          dialer, answer -> answer.headers().stream().noneMatch(h -> h.name().contains("-Length")));
    }
  }

  @Breaks("d27")
  static class LosesAByteFarBehind extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) ->
          dialer.dial(proxy, service, observer).thenApply(ForgetfulStream::new);
    }
  }

  @Breaks("d28")
  static class TakesShortHeadersAlone extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new PickyDialer(dialer, answer -> answer.headers().size() < 50);
    }
  }

  @Breaks("d29")
  static class TellsOfCookies extends SpoiltDialer implements ConnectAnswerRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> dialer.dial(proxy, service, telling(observer));
    }
  }

  private static DialObserver telling(DialObserver observer) {
    return new DialObserver() {
      @Override
      public void connectAnswered(ConnectAnswer answer) {
        List<ConnectAnswer.Header> headers = new ArrayList<>(answer.headers());
        headers.add(new ConnectAnswer.Header("Set-Cookie", "id=secret"));
        observer.connectAnswered(
            new ConnectAnswer(answer.version(), answer.status(), answer.reason(), headers));
      }
    };
  }
}
