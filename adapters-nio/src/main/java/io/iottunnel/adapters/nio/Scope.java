package io.iottunnel.adapters.nio;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What was opened within one thing and ends with it. Thread-safe. */
final class Scope {

  private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /** Runs {@code ending} when this ends, unless it has left before; at once if this has ended. */
  void enter(Runnable ending) {
    endings.add(ending);
    if (ended && endings.remove(ending)) {
      ending.run();
    }
  }

  /** Forgets an {@code ending}: there is nothing left to end. */
  void leave(Runnable ending) {
    endings.remove(ending);
  }

  /** Cancels {@code future} when this ends before it is done. */
  <T> CompletableFuture<T> enter(CompletableFuture<T> future) {
    Runnable ending = () -> future.cancel(false);
    enter(ending);
    var unused = future.whenComplete((value, failure) -> leave(ending));
    return future;
  }

  /** Ends everything that is inside. Does nothing the second time. */
  void end() {
    ended = true;
    for (Runnable ending : List.copyOf(endings)) {
      if (endings.remove(ending)) {
        ending.run();
      }
    }
  }
}
