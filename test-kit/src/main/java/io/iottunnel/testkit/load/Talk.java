package io.iottunnel.testkit.load;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * One connection from a client to an application, as it is meant to go.
 *
 * @param up bytes from the client to the application
 * @param down bytes back
 * @param slow whether each side reads slowly
 * @param begun is completed when the application has heard which talk this is
 * @param heard is completed when the application's side is over, with whether it was whole
 */
record Talk(
    int number,
    ServiceId service,
    Manner manner,
    int up,
    int down,
    boolean slow,
    CompletableFuture<Boolean> begun,
    CompletableFuture<Boolean> heard) {

  private static final int SMALLEST_LARGE = 1 << 10;

  /** The next talk that chance has in mind. */
  static Talk random(
      int number, List<ServiceId> services, Dialect dialect, SplittableRandom chance) {
    Manner manner = Choice.of(chance, List.of(Manner.values()));
    if (manner == Manner.HALF_CLOSE && !dialect.multiplexes()) {
      manner = Manner.APPLICATION_LEAVES;
    }
    ServiceId service = Choice.of(chance, services);
    boolean slow = chance.nextInt(8) == 0;
    int most = slow ? 8 : 12; // doublings
    return of(number, service, manner, size(most, chance), size(most, chance), slow);
  }

  /** A short one that shows that a service is reached. */
  static Talk probe(int number, ServiceId service) {
    return of(number, service, Manner.EXCHANGE, 1, 1, false);
  }

  private static Talk of(
      int number, ServiceId service, Manner manner, int up, int down, boolean slow) {
    return new Talk(
        number,
        service,
        manner,
        up,
        down,
        slow,
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }

  /** Every order of magnitude is as likely as any other: most are short, and few are megabytes. */
  private static int size(int most, SplittableRandom chance) {
    return chance.nextInt(SMALLEST_LARGE << chance.nextInt(most + 1));
  }

  @Override
  public String toString() {
    return "talk %d of %s (%s, %d up, %d down%s)"
        .formatted(number, service, manner, up, down, slow ? ", slow" : "");
  }
}
