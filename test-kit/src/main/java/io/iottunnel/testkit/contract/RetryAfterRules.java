package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Web proxies that say when to come again (RFC 9110 section 10.2.3). */
public interface RetryAfterRules {

  /** The dialer under test. */
  DialerBench bench();

  /** 403 that names a time is no policy but a matter of time. */
  @Test
  default void d66_403WithRetryAfterIsRetried() {
    assertEquals(Optional.of(Duration.ofSeconds(90)), refused(403, "90").retryAfter());
  }

  /** Who is overloaded may say for how long, so that not everybody comes back at once. */
  @Test
  default void d75_theTimeToWaitIsTold() {
    for (int status : new int[] {429, 503}) {
      assertEquals(Optional.of(Duration.ofSeconds(7)), refused(status, "7").retryAfter());
    }
  }

  /** The time may be a date. */
  @Test
  default void d76_theTimeToWaitMayBeADate() {
    ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
    WebProxyRefusedException failure =
        refused(503, DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour));

    Duration told = failure.retryAfter().orElse(Duration.ZERO);
    assertTrue(told.toMinutes() >= 55 && told.toMinutes() <= 60, "an hour, told as " + told);
  }

  private WebProxyRefusedException refused(int status, String retryAfter) {
    ScriptedWebProxy proxy =
        bench()
            .playing(
                Script.refusing(
                    "HTTP/1.1 %d No\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(status, retryAfter)));
    WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);
    assertEquals(status, failure.status());
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
    return failure;
  }
}
