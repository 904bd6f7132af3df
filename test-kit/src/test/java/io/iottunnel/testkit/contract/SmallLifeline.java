package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.Peer;
import java.net.Socket;

/** The connection of one small dial, which ends when the dial is given up. Thread-safe. */
final class SmallLifeline {

  private Socket current;
  private boolean cut;

  /** From now on it is this connection. */
  synchronized void hold(Socket tcp) {
    current = tcp;
    if (cut) {
      Peer.reset(tcp);
    }
  }

  /** The dial is given up. */
  synchronized void cut() {
    cut = true;
    if (current != null) {
      Peer.reset(current);
    }
  }
}
