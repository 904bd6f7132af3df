package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.testkit.secrets.Printed;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * A rule that nobody can break is no rule: each one named by a {@link TransportSabotage} must fail
 * on it.
 */
class TunnelTransportSabotageTest {

  private static final String SABOTAGE = "sabotage";

  @ParameterizedTest
  @EnumSource(value = TransportSabotage.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void eachSabotageFailsAtItsRule(TransportSabotage sabotage) {
    Events tests = run(Sabotaged.class, sabotage, rule(sabotage.rule()));

    tests.assertStatistics(statistics -> statistics.started(1).failed(1));
  }

  @Test
  void whatATransportLacksIsSkippedWithTheReason() {
    Events tests = run(Lacking.class, TransportSabotage.NONE, rule("t47"));

    tests.assertStatistics(statistics -> statistics.started(1).aborted(1));
    assertTrue(
        tests.aborted().stream()
            .allMatch(event -> event.getPayload().toString().contains("declares")));
  }

  @Test
  void rulesAreNumberedOnce() {
    List<String> numbers =
        Arrays.stream(TunnelTransportContract.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName().substring(0, 3))
            .toList();

    assertEquals(Set.copyOf(numbers).size(), numbers.size());
  }

  private static Events run(Class<?> contract, TransportSabotage sabotage, Method rule) {
    return Printed.withheld(
        () ->
            EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(contract, rule))
                .configurationParameter(SABOTAGE, sabotage.name())
                .execute()
                .testEvents());
  }

  private static Method rule(String number) {
    return Arrays.stream(TunnelTransportContract.class.getMethods())
        .filter(method -> method.getName().startsWith(number + "_"))
        .findFirst()
        .orElseThrow();
  }

  @ExtendWith(ReadsSabotage.class)
  static class Sabotaged extends TunnelTransportContract {

    private TransportSabotage sabotage = TransportSabotage.NONE;

    @Override
    protected TunnelTransport transport(SSLContext trust, Duration limit) {
      return new SmallTunnelTransport(trust, limit, sabotage);
    }
  }

  static class Lacking extends Sabotaged {

    @Override
    protected Set<Ability> lacks() {
      return Set.of(Ability.CONTROL_FRAMES_WITHOUT_DEMAND);
    }
  }

  static class ReadsSabotage implements TestInstancePostProcessor {

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      ((Sabotaged) instance).sabotage =
          context
              .getConfigurationParameter(SABOTAGE)
              .map(TransportSabotage::valueOf)
              .orElse(TransportSabotage.NONE);
    }
  }
}
