package io.iottunnel.cli.e2e;

import io.iottunnel.testkit.Deadline;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test behind which a thread of ours lives on. */
public final class NothingLeftOpen implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    threads().forEach(Deadline::join);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("localproxy-"))
        .toList();
  }
}
