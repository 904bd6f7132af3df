package io.iottunnel.cli;

import java.util.Optional;

/**
 * Ends the process: with its own code, or, when SIGTERM, SIGINT or SIGHUP comes, in order and with
 * 0.
 *
 * <p>A shutdown hook runs at those signals and ends by halting, because a JVM whose hooks merely
 * return exits with 128 plus the signal's number. It runs once, however many signals come.
 */
final class Termination implements Signals {

  private volatile Optional<Runnable> orderly = Optional.empty();
  private final Thread hook =
      new Thread(
          () -> {
            orderly.ifPresent(Runnable::run);
            Runtime.getRuntime().halt(ExitCodes.OK);
          },
          "signal");

  /** From now on a signal ends the process with 0. */
  static Termination onSignals() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(termination.hook);
    return termination;
  }

  @Override
  public void atEnd(Runnable orderly) {
    this.orderly = Optional.of(orderly);
  }

  @Override
  public void atReconnect(Runnable reconnect) {
    var unused = UserSignal.runs(reconnect);
  }

  /** Ends the process with {@code code}, unless a signal is already ending it. */
  void exit(int code) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came first: its hook runs, and halts.
      return;
    }
    System.exit(code);
  }
}
