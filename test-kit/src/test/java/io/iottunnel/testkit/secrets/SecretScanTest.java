package io.iottunnel.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.iottunnel.domain.webproxy.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The scan finds every leak of {@link Careless}, and nothing where there is none. */
@Isolated("what one test prints, any other would find")
class SecretScanTest {

  @Test
  void everyLeakFailsItsTest() {
    Events tests = run(Careless.class);

    assertEquals(leaks(), tests.failed().count(), "leaks that were found");
    tests
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable())
        .map(failure -> failure.orElseThrow().getMessage())
        .forEach(SecretScanTest::assertNamesTheOriginAndNotTheSecret);
  }

  @Test
  void whereNothingIsPrintedNothingIsFound() {
    run(Careful.class).assertStatistics(tests -> tests.succeeded(1).failed(0));
  }

  @Test
  void aSecretThatComesInTwoPiecesIsFound() {
    String token = Secrets.token();
    Printed.add("a log", "begin " + token.substring(0, 20));
    assertEquals(List.of(), Printed.drain(Secrets.all()));
    Printed.add("a log", token.substring(20) + " end");

    assertEquals(1, Printed.drain(Secrets.all()).size());
    assertEquals(List.of(), Printed.drain(Secrets.all()), "found once is found");
  }

  @Test
  void whatIsWrongOnPurposeIsWithheld() {
    String token = Secrets.token();
    Printed.withheld(
        () -> {
          Printed.add("a log", token);
          return token;
        });

    assertEquals(List.of(), Printed.drain(Secrets.all()));
  }

  private static Events run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
        .selectors(selectClass(tests))
        .execute()
        .testEvents();
  }

  private static long leaks() {
    return Arrays.stream(Careless.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .count();
  }

  private static void assertNamesTheOriginAndNotTheSecret(String message) {
    assertTrue(message.contains(Careless.class.getName()), message);
    assertTrue(message.contains(Secret.MASK), message);
    assertFalse(Secrets.all().stream().anyMatch(secret -> secret.isIn(message)), message);
  }

  /** Each of its tests tells a secret. */
  static class Careless {

    private final String token = Secrets.token();
    private final Credentials user = Secrets.awkwardCredentials();

    @Test
    void toStandardOutput() {
      System.out.println("token: " + token);
    }

    @Test
    void toStandardError() {
      System.err.println("token: " + token);
    }

    @Test
    void toALogThatWasHandedIn() {
      Printed.add("a log", "password " + user.password());
    }

    @Test
    void inTheCauseOfAnException() {
      Printed.add(new IllegalStateException("no", new IllegalArgumentException(token)));
    }

    @Test
    void percentEncoded() {
      System.out.println(URLEncoder.encode(user.password(), StandardCharsets.UTF_8));
    }

    @Test
    void inBase64() {
      System.out.println(base64(user.password()));
    }

    @Test
    void asBasicDoes() {
      System.out.println(
          "Proxy-Authorization: Basic " + base64(user.user() + ":" + user.password()));
    }

    @Test
    void escapedAsInJson() {
      System.out.println(
          "\"" + user.password().replace("\\", "\\\\").replace("ä", "\\u00e4") + "\"");
    }

    @Test
    void thatTheTestedCodeMadeUp() {
      String made = "made-up-by-the-program-" + System.nanoTime();
      Secrets.watch(made);
      System.out.println(made);
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Has a secret, and keeps it. */
  static class Careful {

    @Test
    void printsAnotherThing() {
      System.out.println(Secrets.credentials().user() + ":***");
    }
  }
}
