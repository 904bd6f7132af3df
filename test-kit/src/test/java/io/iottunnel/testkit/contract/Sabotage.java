package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.iottunnel.testkit.Background;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs rules against adapters that break them on purpose. */
final class Sabotage {

  private Sabotage() {}

  /**
   * A test for each class within {@code home} that {@link Breaks} marks, and one that finds every
   * one of {@code rules} broken. The sabotages run all at once: some are noticed only by what does
   * not come in time.
   */
  static Stream<DynamicTest> tests(Class<?> home, Class<?>... rules) {
    List<Class<?>> sabotages =
        Arrays.stream(home.getDeclaredClasses())
            .filter(each -> each.isAnnotationPresent(Breaks.class))
            .toList();
    List<DynamicTest> caught = sabotages.stream().map(Sabotage::startOne).toList();
    DynamicTest complete =
        DynamicTest.dynamicTest(
            "everyRuleIsBrokenByOne",
            () ->
                assertEquals(
                    numbersOf(rules),
                    sorted(sabotages.stream().flatMap(each -> brokenBy(each).stream()))));
    return Stream.concat(caught.stream(), Stream.of(complete));
  }

  private static DynamicTest startOne(Class<?> sabotage) {
    CompletableFuture<Set<String>> failed = Background.start(() -> failuresOf(sabotage));
    return DynamicTest.dynamicTest(
        sabotage.getSimpleName(), () -> assertEquals(brokenBy(sabotage), failed.join()));
  }

  private static Set<String> failuresOf(Class<?> sabotage) {
    return sorted(
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(sabotage))
            .execute()
            .testEvents()
            .failed()
            .map(event -> number(event.getTestDescriptor().getDisplayName())));
  }

  private static Set<String> brokenBy(Class<?> sabotage) {
    return sorted(Arrays.stream(sabotage.getAnnotation(Breaks.class).value()));
  }

  private static Set<String> numbersOf(Class<?>... rules) {
    return sorted(
        Arrays.stream(rules)
            .flatMap(each -> Arrays.stream(each.getMethods()))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(Method::getName)
            .map(Sabotage::number));
  }

  private static String number(String rule) {
    return rule.substring(0, rule.indexOf('_'));
  }

  private static Set<String> sorted(Stream<String> numbers) {
    return numbers.collect(Collectors.toCollection(TreeSet::new));
  }
}
