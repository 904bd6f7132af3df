package io.iottunnel.testkit.contract;

/** Whether a frame may be delivered: asked for, and the session not yet at its end. Thread-safe. */
final class SmallDemand {

  private final TransportSabotage sabotage;
  private int demand;
  private boolean closing;
  private boolean over;

  SmallDemand(TransportSabotage sabotage) {
    this.sabotage = sabotage;
  }

  /** The next frame is asked for. */
  synchronized void ask() {
    demand = sabotage == TransportSabotage.ADDS_DEMAND_UP ? demand + 1 : 1;
    notifyAll();
  }

  /** Waits; returns whether the frame is to be delivered, and not when it came behind our close. */
  synchronized boolean await() throws InterruptedException {
    while (demand == 0 && !closing && !over && sabotage != TransportSabotage.IGNORES_DEMAND) {
      wait();
    }
    if (closing || over) {
      return false;
    }
    demand = sabotage == TransportSabotage.ADDS_DEMAND_UP ? demand - 1 : 0;
    return true;
  }

  synchronized boolean isThere() {
    return demand > 0;
  }

  /** We close; returns whether that is news. */
  synchronized boolean close() {
    boolean news = !closing && !over;
    closing = true;
    notifyAll();
    return news;
  }

  synchronized boolean isClosing() {
    return closing;
  }

  /** The session is over. */
  synchronized void end() {
    over = true;
    notifyAll();
  }

  synchronized boolean isOver() {
    return over;
  }
}
