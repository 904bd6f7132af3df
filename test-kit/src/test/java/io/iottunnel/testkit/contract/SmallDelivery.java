package io.iottunnel.testkit.contract;

import io.iottunnel.ports.SessionListener;
import io.iottunnel.testkit.websocket.Frame;
import java.nio.ByteBuffer;

/** Hands payloads to the listener, one at a time, as it asks for them. */
final class SmallDelivery {

  private final SessionListener listener;
  private final SmallDemand demand;
  private final TransportSabotage sabotage;
  private final byte[] reused = new byte[4096];
  private boolean pingAmongFragments;

  SmallDelivery(SessionListener listener, SmallDemand demand, TransportSabotage sabotage) {
    this.listener = listener;
    this.demand = demand;
    this.sabotage = sabotage;
  }

  /** A ping came between the frames of one message. */
  void pingCameAmongFragments() {
    pingAmongFragments = true;
  }

  /** Delivers what {@code frame} holds, once it is asked for. */
  void deliver(Frame frame) throws InterruptedException {
    byte[] payload = frame.payload();
    if (payload.length == 0 || discards(payload.length)) {
      return;
    }
    if (spoils(frame)) {
      payload[payload.length - 1]++;
    }
    if (does(TransportSabotage.REUSES_A_BUFFER_EARLY)) {
      System.arraycopy(payload, 0, reused, 0, payload.length);
      payload = reused;
    }
    if (demand.await()) {
      if (does(TransportSabotage.TELLS_TWO_THINGS_AT_ONCE)) {
        new Thread(listener::alive).start();
      }
      listener.frame(ByteBuffer.wrap(payload, 0, frame.payload().length));
    }
  }

  private boolean discards(int length) {
    return does(TransportSabotage.DROPS_FRAMES_BEFORE_A_CLOSE)
        || (does(TransportSabotage.READS_WITHOUT_BOUND) && length > 1);
  }

  private boolean spoils(Frame frame) {
    boolean continued = frame.opcode() == Frame.CONTINUATION && pingAmongFragments;
    return (continued && does(TransportSabotage.SPOILS_CONTINUATIONS_BEHIND_A_PING))
        || (frame.payload().length > 32_767 && does(TransportSabotage.SPOILS_LONG_FRAMES));
  }

  private boolean does(TransportSabotage what) {
    return sabotage == what;
  }
}
