package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** What the service sees of a session. */
final class Peers {

  private Peers() {}

  /**
   * Reads until the connection ends, in order or by a reset.
   *
   * @return the frames that came before
   * @throws IOException if it does not end in time
   */
  static List<Frame> awaitEnd(ServerConnection peer) throws IOException {
    List<Frame> before = new ArrayList<>();
    try {
      while (true) {
        before.add(peer.readFrame());
      }
    } catch (EOFException | SocketException | SSLException end) {
      return before;
    }
  }

  /**
   * The next frame that is no ping, pong or close, so that its payload is a frame that was sent.
   */
  static Frame nextData(ServerConnection peer) throws IOException {
    Frame frame = peer.readFrame();
    while (frame.isControl()) {
      frame = peer.readFrame();
    }
    return frame;
  }

  /** Reads frames up to a close frame, which must come. */
  static Frame awaitClose(ServerConnection peer) throws IOException {
    Frame frame = peer.readFrame();
    while (frame.opcode() != Frame.CLOSE) {
      frame = peer.readFrame();
    }
    return frame;
  }
}
