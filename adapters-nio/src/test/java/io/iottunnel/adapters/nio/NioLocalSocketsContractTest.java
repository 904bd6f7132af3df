package io.iottunnel.adapters.nio;

import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.contract.LocalSocketsContract;

class NioLocalSocketsContractTest extends LocalSocketsContract {

  @Override
  protected LocalSockets sockets() {
    return new NioLocalSockets();
  }
}
