package io.iottunnel.testkit.contract;

import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.Deadline;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** Frames to send, with the headroom that a transport may use. */
final class Frames {

  private Frames() {}

  /** A buffer of these bytes, with headroom. */
  static ByteBuffer of(byte[] payload) {
    ByteBuffer buffer = ByteBuffer.allocate(TunnelSession.HEADROOM + payload.length);
    buffer.position(TunnelSession.HEADROOM).put(payload);
    return buffer.position(TunnelSession.HEADROOM);
  }

  /** Sends these bytes and waits until the network has them. */
  static void send(TunnelSession session, byte[] payload) {
    CountDownLatch sent = new CountDownLatch(1);
    session.send(of(payload), sent::countDown);
    Deadline.await(sent, "the news that a frame was sent");
  }
}
