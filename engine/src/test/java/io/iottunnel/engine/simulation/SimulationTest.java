package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole tunnels, thousands of them, each from a seed: whatever happens around them, in whatever
 * order, the local proxies keep what is promised. A seed that fails is told with its story.
 *
 * <ul>
 *   <li>{@code -Dsimulation.seeds=100000} runs that many, {@code -Dsimulation.first=5000} from
 *       there;
 *   <li>{@code -Dsimulation.seed=4711} runs one and prints its story.
 * </ul>
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final long ONE = Long.getLong("simulation.seed", -1);
  private static final int LAST_LINES = 150;

  @Test
  void aTunnelKeepsItsPromisesWhateverHappens() {
    if (ONE >= 0) {
      Simulation.tell(ONE).lines().forEach(System.out::println);
      run(ONE);
      return;
    }
    LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(SimulationTest::run);
  }

  private static void run(long seed) {
    try {
      Simulation.run(seed);
    } catch (AssertionError | RuntimeException breach) {
      List<String> lines = Simulation.tell(seed).lines();
      throw new AssertionError(
          "Seed "
              + seed
              + ": "
              + breach.getMessage()
              + "\nThe whole story: mvn -q -pl engine -am test -Dtest=SimulationTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
              + seed
              + "\nIts end:\n"
              + String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())),
          breach);
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    for (long seed = 1; seed <= 10; seed++) {
      assertEquals(Simulation.tell(seed), Simulation.tell(seed));
    }
  }
}
