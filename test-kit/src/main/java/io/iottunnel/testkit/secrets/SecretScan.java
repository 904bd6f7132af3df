package io.iottunnel.testkit.secrets;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test by which, or beside which, one of the {@link Secrets} was {@link Printed}. Registers
 * itself for every test of a build that sets {@code
 * junit.jupiter.extensions.autodetection.enabled}.
 */
public final class SecretScan implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final AtomicBoolean WATCHING = new AtomicBoolean();

  /** For JUnit. */
  public SecretScan() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!WATCHING.getAndSet(true)) {
      System.setOut(watching(System.out, "standard output"));
      System.setErr(watching(System.err, "standard error"));
    }
  }

  private static PrintStream watching(PrintStream stream, String name) {
    return new PrintStream(Printed.through(stream, name), true, StandardCharsets.UTF_8);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertNothingFound();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    assertNothingFound();
  }

  private static void assertNothingFound() {
    List<String> found = Printed.drain(Secrets.all());
    if (!found.isEmpty()) {
      throw new AssertionError("Secrets were printed:\n" + String.join("\n", found));
    }
  }
}
