package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.secrets.Printed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs rules against adapters that break them on purpose. */
final class Sabotage {

  /** Enough for those that only wait not to wait for each other; few enough to be in time. */
  private static final Semaphore AT_ONCE = new Semaphore(12);

  /** Rules that wait do not wait for each other. */
  private static final Map<String, String> SIDE_BY_SIDE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  /** How long silence must last to be noticed, unless the machine is too busy for that. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private Sabotage() {}

  /**
   * A test for each class within {@code home} that {@link Breaks} marks. Many run at once: some are
   * noticed only by what does not come in time.
   */
  static Stream<DynamicTest> tests(Class<?> home) {
    return sabotages(home).map(Sabotage::startOne).toList().stream();
  }

  /** Finds a sabotage within {@code home} for every one of {@code rules}. */
  static void assertBroken(Class<?> rules, Class<?> home) {
    assertEquals(
        sorted(
            Arrays.stream(rules.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> number(method.getName()))),
        sorted(sabotages(home).flatMap(sabotage -> brokenBy(sabotage).stream())));
  }

  private static Stream<Class<?>> sabotages(Class<?> home) {
    return Arrays.stream(home.getDeclaredClasses())
        .filter(each -> each.isAnnotationPresent(Breaks.class));
  }

  private static DynamicTest startOne(Class<?> sabotage) {
    CompletableFuture<Set<String>> failed = Background.start(() -> failuresOf(sabotage));
    return DynamicTest.dynamicTest(
        sabotage.getSimpleName(), () -> assertEquals(brokenBy(sabotage), failed.join()));
  }

  /** What a busy machine makes fail within the short limit gets the whole one. */
  private static Set<String> failuresOf(Class<?> sabotage) throws InterruptedException {
    AT_ONCE.acquire();
    try {
      Set<String> failed = Deadline.within(SOON, () -> run(sabotage));
      return failed.equals(brokenBy(sabotage)) ? failed : run(sabotage);
    } finally {
      AT_ONCE.release();
    }
  }

  private static Set<String> run(Class<?> sabotage) {
    return sorted(
        Printed.withheld(
                () ->
                    EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(sabotage))
                        .configurationParameters(SIDE_BY_SIDE)
                        .execute())
            .testEvents()
            .failed()
            .map(event -> number(event.getTestDescriptor().getDisplayName())));
  }

  private static Set<String> brokenBy(Class<?> sabotage) {
    return sorted(Arrays.stream(sabotage.getAnnotation(Breaks.class).value()));
  }

  private static String number(String rule) {
    return rule.substring(0, rule.indexOf('_'));
  }

  private static Set<String> sorted(Stream<String> numbers) {
    return numbers.collect(Collectors.toCollection(TreeSet::new));
  }
}
