package io.iottunnel.adapters.nio;

import java.io.Closeable;
import java.io.IOException;

/** Closes what nobody needs any more. */
final class Quietly {

  private Quietly() {}

  /**
   * Closes {@code channel}. The descriptor is gone even if this fails, so a failure says nothing.
   */
  static void close(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // as said above
    }
  }
}
