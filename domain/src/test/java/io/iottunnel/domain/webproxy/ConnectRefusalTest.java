package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.HttpField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectRefusalTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  private static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP, new HostAndPort("proxy.example.com", 3128), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "403, AFTER_A_SESSION, 'forbids a tunnel to data.example.com:443: 403 Oh dear.'",
    "302, AFTER_A_SESSION, 'answered CONNECT with 302 Oh dear'",
    "302, AFTER_A_SESSION, 'captive portal'",
    "400, AFTER_A_SESSION, 'does it allow CONNECT to port 443?'",
    "401, AFTER_A_SESSION, 'Is this a web proxy'",
    "404, AFTER_A_SESSION, 'Is this a web proxy'",
    "408, WITH_BACKOFF, '408 Oh dear'",
    "429, WITH_BACKOFF, '429 Oh dear'",
    "500, WITH_BACKOFF, 'could not reach data.example.com:443: 500 Oh dear.'",
    "503, WITH_BACKOFF, 'could not reach data.example.com:443: 503 Oh dear.'",
  })
  void saysWhatTheStatusMeansAndWhetherToTryAgain(int status, Retry retry, String words) {
    WebProxyRefusedException refused = refusal(PROXY, answer(status, ""));
    assertEquals(status, refused.status());
    assertEquals(retry, refused.retry());
    says(refused, "The web proxy http://proxy.example.com:3128 ", words);
  }

  @Test
  void quotesTheTextThatCameAlong() {
    says(refusal(PROXY, answer(403, "No tunnels")), "It says: \"No tunnels\".");
  }

  @Test
  void whoNamesATimeMayBeAskedAgainThen() {
    WebProxyRefusedException refused =
        refusal(PROXY, answer(403, "", new HttpField("Retry-After", "120")));
    assertEquals(Retry.WITH_BACKOFF, refused.retry());
    assertEquals(Optional.of(Duration.ofMinutes(2)), refused.retryAfter());
  }

  @Test
  void saysWhereARedirectPoints() {
    says(
        refusal(PROXY, answer(302, "", new HttpField("Location", "http://login.example/"))),
        "points to http://login.example/");
  }

  @Test
  void a401ForCredentialsThatWereSentIsFinal() {
    Credentials sent = new Credentials("alice", "s3cret");
    LocalProxyException refused =
        new ConnectRefusal(PROXY, SERVICE).by(answer(401, ""), Optional.of(sent), NOW);
    assertEquals(Retry.NEVER, refused.retry());
    says(refused, "401 Oh dear", "by which some web proxies refuse", "user 'alice'", "Check");
  }

  @Test
  void closingWithoutAnAnswerNamesTheOtherScheme() {
    LocalProxyException closed = new ConnectRefusal(PROXY, SERVICE).byClosing(true);
    assertInstanceOf(UnreachableException.class, closed);
    says(closed, "without an answer", "If this port wants TLS, use https://proxy.example.com:3128");
  }

  @Test
  void closingInAnAnswerNamesNothing() {
    LocalProxyException closed = new ConnectRefusal(PROXY, SERVICE).byClosing(false);
    assertInstanceOf(UnreachableException.class, closed);
    says(closed, "in the middle of its answer");
  }

  private static WebProxyRefusedException refusal(WebProxy proxy, HttpAnswer answer) {
    return assertInstanceOf(
        WebProxyRefusedException.class,
        new ConnectRefusal(proxy, SERVICE).by(answer, Optional.empty(), NOW));
  }

  private static HttpAnswer answer(int status, String text, HttpField... fields) {
    return new HttpAnswer("HTTP/1.1", status, "Oh dear", List.of(fields), text, false);
  }

  private static void says(LocalProxyException failure, String... parts) {
    String message = failure.getMessage();
    assertAll(
        Stream.of(parts)
            .map(part -> () -> assertTrue(message.contains(part), part + " in " + message)));
  }
}
