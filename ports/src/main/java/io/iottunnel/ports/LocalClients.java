package io.iottunnel.ports;

import java.util.function.Consumer;

/** Takes the clients of one listener. Called on the adapter's thread; must not block. */
@FunctionalInterface
public interface LocalClients extends Consumer<ByteStream> {

  /**
   * Clients wait and cannot be accepted at present, for want of a file descriptor or of memory: the
   * listener tries again by itself. Told once, until all who waited were accepted.
   *
   * @param reason what the system says
   */
  default void waiting(String reason) {}
}
