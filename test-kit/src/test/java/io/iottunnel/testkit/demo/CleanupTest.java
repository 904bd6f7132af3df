package io.iottunnel.testkit.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {

  private final List<String> ended = new ArrayList<>();
  private final Cleanup cleanup = new Cleanup();

  private AutoCloseable thing(String name) throws Exception {
    return cleanup.open(() -> () -> ended.add(name));
  }

  @Test
  void whatOpenedLastEndsFirstAndOnlyOnce() throws Exception {
    thing("a");
    thing("b");

    cleanup.close();
    cleanup.close();

    assertEquals(List.of("b", "a"), ended);
  }

  @Test
  void oneFailureDoesNotSaveTheOthers() throws Exception {
    thing("a");
    cleanup.open(
        () ->
            () -> {
              throw new IOException("stuck");
            });
    thing("c");

    DemoFailure failure = assertThrows(DemoFailure.class, cleanup::close);

    assertTrue(failure.sentence().contains("stuck"), failure.sentence());
    assertEquals(List.of("c", "a"), ended);
  }

  @Test
  void nothingOpensAfterTheEnd() throws Exception {
    cleanup.close();

    assertThrows(DemoFailure.class, () -> thing("late"));
    assertEquals(List.of(), ended);
  }
}
