package io.iottunnel.testkit.contract;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.WebProxyDialer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that draw the wrong conclusion are caught, each at its rule. */
class RefusalSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(RefusalSabotageTest.class);
  }

  @Breaks({"d60", "d61", "d62", "d63"})
  static class TriesAPasswordAgainLater extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              FailingDialer.status(failure) == 407
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.WITH_BACKOFF, 407)
                  : failure);
    }
  }

  @Breaks({"d61", "d62"})
  static class TriesAPasswordTwice extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.dialingTwice(
          dialer,
          (proxy, failure) ->
              FailingDialer.status(failure) == 407 && proxy.credentials().isPresent());
    }
  }

  @Breaks("d74")
  static class DoesNotTakeNoForAnAnswer extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.dialingTwice(
          dialer, (proxy, failure) -> failure.retry() == Retry.WITH_BACKOFF);
    }
  }

  @Breaks({"d64", "d68"})
  static class HidesTheTarget extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("service.invalid", "it"));
    }
  }

  @Breaks("d65")
  static class QuotesTheChunks extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(
          dialer, message -> message.replace("Access to this is", "9 Access to 11 this is"));
    }
  }

  @Breaks("d77")
  static class QuotesMore extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      String quoted = "x".repeat(196);
      return FailingDialer.saying(dialer, message -> message.replace(quoted, quoted + "x"));
    }
  }

  @Breaks("d70")
  static class ShowsControlCharacters extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("\\x7", "\u0007"));
    }
  }

  @Breaks("d73")
  static class RepeatsAnEcho extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(
          dialer, message -> message.replace("***", DialerBench.base64(bench().user())));
    }
  }

  @Breaks("d67")
  static class FollowsRedirects extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> {
        return dialer
            .dial(proxy, service, observer)
            .whenComplete(
                (stream, failure) -> {
                  if (failure instanceof WebProxyRefusedException refused
                      && refused.status() == 302) {
                    visit(refused.getMessage());
                  }
                });
      };
    }
  }

  @Breaks("d69")
  static class TakesAnUnknownStatusForABreak extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              FailingDialer.status(failure) == 418
                  ? new UnreachableException(failure.getMessage())
                  : failure);
    }
  }

  @Breaks("d71")
  static class WaitsForTheWholeText extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings.within(StageLimits.GENEROUS));
    }
  }

  @Breaks({"d72", "d74"})
  static class LeavesAConnectionBehind extends SpoiltDialer implements RefusalRules {
    private final Resources left = new Resources();

    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> {
        left.closing(connected(proxy.address().port()));
        return dialer.dial(proxy, service, observer);
      };
    }

    @AfterEach
    void close() {
      left.close();
    }
  }

  /** Goes where the message says that the redirect leads. */
  private static void visit(String message) {
    Matcher location = Pattern.compile("leads to http://[^:]*:(\\d+)").matcher(message);
    if (location.find()) {
      try (Socket socket = connected(Integer.parseInt(location.group(1)))) {
        socket.getOutputStream().write('G');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Socket connected(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
