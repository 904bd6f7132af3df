package io.iottunnel.testkit.contract;

import io.iottunnel.ports.LocalSockets;
import org.junit.jupiter.api.AfterEach;

/** The bench of a sabotage: the smallest honest adapter, spoilt. */
abstract class SpoiltSockets {

  private final LocalSocketsBench bench =
      new LocalSocketsBench(() -> spoil(new SmallLocalSockets()));

  abstract LocalSockets spoil(LocalSockets honest);

  public LocalSocketsBench bench() {
    return bench;
  }

  public void requireUnixSockets() {}

  @AfterEach
  void closeBench() {
    bench.close();
  }
}
