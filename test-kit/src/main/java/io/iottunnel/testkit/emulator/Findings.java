package io.iottunnel.testkit.emulator;

import java.util.ArrayList;
import java.util.List;

/** The breaches found so far. Thread-safe. */
final class Findings {

  private static final int MOST_KEPT = 100;

  private final Signal signal;
  private final List<Breach> breaches = new ArrayList<>();

  Findings(Signal signal) {
    this.signal = signal;
  }

  /** Notes a breach, up to a number beyond which further ones teach nothing. */
  void add(Breach breach) {
    synchronized (breaches) {
      if (breaches.size() < MOST_KEPT) {
        breaches.add(breach);
      }
    }
    signal.changed();
  }

  List<Breach> all() {
    synchronized (breaches) {
      return List.copyOf(breaches);
    }
  }

  /** Everything found so far, which is forgotten here. */
  List<Breach> take() {
    synchronized (breaches) {
      List<Breach> taken = List.copyOf(breaches);
      breaches.clear();
      return taken;
    }
  }

  void assertNone() {
    List<Breach> found = all();
    if (!found.isEmpty()) {
      StringBuilder text = new StringBuilder("the judge found " + found.size() + " breach(es):");
      found.forEach(breach -> text.append("\n  ").append(breach));
      throw new AssertionError(text.toString());
    }
  }
}
