package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Mode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * From the service towards local sides: what they do not take at once counts in the {@link
 * Backlog}, and one that blocks the others and takes nothing for too long is reset.
 */
final class Delivering {

  private final Mode mode;
  private final ConnectionRegister connections;
  private final Deadlines deadlines;
  private final Duration stallLimit;
  private final Backlog backlog;
  private final Transitions transitions;
  private final Consumer<Effect> out;

  Delivering(
      Mode mode,
      ConnectionRegister connections,
      Deadlines deadlines,
      Duration stallLimit,
      Backlog backlog,
      Transitions transitions,
      Consumer<Effect> out) {
    this.mode = mode;
    this.connections = connections;
    this.deadlines = deadlines;
    this.stallLimit = stallLimit;
    this.backlog = backlog;
    this.transitions = transitions;
    this.out = out;
  }

  /** Bytes for a connection arrived. */
  void received(Connection c, ByteBuffer payload) {
    transitions.carry(
        c, ConnectionInput.DATA_RECEIVED, ConnectionAction.WRITE, () -> write(c, payload));
  }

  private void write(Connection c, ByteBuffer payload) {
    if (c.undelivered == 0) {
      c.progressAt = deadlines.now();
    }
    backlog.arrived(c, payload.remaining());
    out.accept(new Effect.WriteLocal(c.local, payload));
  }

  /** The local side took bytes. */
  void delivered(LocalId local, int bytes) {
    connections
        .find(local)
        .ifPresent(
            c -> {
              backlog.delivered(c, bytes);
              c.progressAt = deadlines.now();
              if (c.state == ConnectionState.DRAINING) {
                transitions.watchProgress(c);
              }
              if (c.undelivered == 0) {
                transitions.apply(c, ConnectionInput.ALL_DELIVERED, "");
              }
            });
  }

  /** The local side takes no more. */
  void failed(LocalId local, String reason) {
    connections
        .find(local)
        .ifPresent(
            c -> {
              backlog.forget(c);
              transitions.apply(c, ConnectionInput.WRITE_FAILED, reason);
            });
  }

  /** Whether no further frame may be asked for. */
  boolean blocks() {
    return backlog.blocks();
  }

  /** All that is undelivered, in bytes. */
  long undelivered() {
    return backlog.total();
  }

  /** Resets the connection that has blocked the others for too long, when one has. */
  void resetStalled() {
    if (blocksOthers()) {
      backlog
          .stalled(connections.all(), deadlines.now())
          .ifPresent(c -> transitions.apply(c, ConnectionInput.STALLED, stallReason()));
    }
  }

  private String stallReason() {
    return "it took nothing for " + stallLimit.toSeconds() + " s and blocked the others";
  }

  /**
   * When {@link #resetStalled} is to be called again, or {@link Long#MAX_VALUE} while nothing is
   * blocked.
   */
  long nextStall() {
    return blocksOthers() ? backlog.nextStall(connections.all()) : Long.MAX_VALUE;
  }

  /** A source knows when a client is alone; a destination never knows who waits to be started. */
  private boolean blocksOthers() {
    return backlog.blocks() && (mode == Mode.DESTINATION || connections.hasSeveral());
  }
}
