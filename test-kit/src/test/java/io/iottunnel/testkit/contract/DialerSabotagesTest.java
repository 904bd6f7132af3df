package io.iottunnel.testkit.contract;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No rule for dialers is without a dialer that breaks it: {@code XRules} by {@code XSabotageTest}.
 */
class DialerSabotagesTest {

  static Stream<Arguments> rules() {
    return Arrays.stream(WebProxyDialerContract.class.getInterfaces())
        .map(rules -> arguments(rules, home(rules)));
  }

  private static Class<?> home(Class<?> rules) {
    try {
      return Class.forName(rules.getName().replaceFirst("Rules$", "SabotageTest"));
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no sabotages for " + rules, e);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleForDialersIsBrokenByADialer(Class<?> rules, Class<?> home) {
    Sabotage.assertBroken(rules, home);
  }
}
