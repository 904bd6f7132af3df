package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a dialog has done beside the loop. It has the dialog for itself as long as it goes on, which
 * may be longer than the dial: only then can the dialog be closed. Lives on the loop.
 */
final class DialogWork {

  private final NioLoop loop;
  private final ConnectDialog dialog;
  private boolean working;
  private boolean over;

  DialogWork(NioLoop loop, ConnectDialog dialog) {
    this.loop = loop;
    this.dialog = dialog;
  }

  /**
   * Does what {@code step} asks for.
   *
   * @return completes on the loop with the step to follow; fails with that of {@code whenOver} once
   *     {@code limit} is over
   */
  CompletableFuture<Step> begin(
      Step.Blocking step, Duration limit, Supplier<? extends Exception> whenOver) {
    working = true;
    return BlockingWork.begin(
        loop,
        limit,
        whenOver,
        () -> {
          try {
            return step.work().get();
          } finally {
            loop.execute(this::done);
          }
        });
  }

  private void done() {
    working = false;
    closeIfOver();
  }

  /** The dial is decided. To be called once. */
  void end() {
    over = true;
    closeIfOver();
  }

  private void closeIfOver() {
    if (over && !working) {
      dialog.close();
    }
  }
}
