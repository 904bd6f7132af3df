package io.iottunnel.testkit.contract;

import io.iottunnel.ports.LocalSockets;

/** A correct adapter passes the contract. */
class SmallLocalSocketsTest extends LocalSocketsContract {

  @Override
  protected LocalSockets sockets() {
    return new SmallLocalSockets();
  }
}
