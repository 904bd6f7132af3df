package io.iottunnel.testkit.contract;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.WebProxyDialer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that do not heed when to come again are caught, each at its rule. */
class RetryAfterSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(RetryAfterSabotageTest.class);
  }

  @Breaks("d66")
  static class TakesEvery403ForAPolicy extends SpoiltDialer implements RetryAfterRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              FailingDialer.status(failure) == 403
                  ? new WebProxyRefusedException(
                      failure.getMessage(), Retry.AFTER_A_SESSION, 403, failure.retryAfter())
                  : failure);
    }
  }

  @Breaks({"d75", "d76"})
  static class KnowsMinutesAlone extends SpoiltDialer implements RetryAfterRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return waiting(
          dialer, told -> told.filter(wait -> wait.toSeconds() >= 60 && wait.toMinutes() < 10));
    }
  }

  @Breaks("d76")
  static class KnowsNoDates extends SpoiltDialer implements RetryAfterRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return waiting(dialer, told -> told.filter(wait -> wait.toMinutes() < 10));
    }
  }

  private static WebProxyDialer waiting(
      WebProxyDialer dialer, UnaryOperator<Optional<Duration>> change) {
    return FailingDialer.of(
        dialer,
        failure ->
            new WebProxyRefusedException(
                failure.getMessage(),
                failure.retry(),
                FailingDialer.status(failure),
                change.apply(failure.retryAfter())));
  }
}
