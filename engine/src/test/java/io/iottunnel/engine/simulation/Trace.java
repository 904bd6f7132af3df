package io.iottunnel.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, where somebody wants to read it. */
final class Trace {

  private final Clock clock;
  private final boolean wanted;
  private final long start;
  private final List<String> lines = new ArrayList<>();

  Trace(Clock clock, boolean wanted) {
    this.clock = clock;
    this.wanted = wanted;
    this.start = clock.now();
  }

  void add(Supplier<String> line) {
    if (wanted) {
      lines.add(String.format("%,12d ms  %s", clock.now() - start, line.get()));
    }
  }

  List<String> lines() {
    return lines;
  }
}
