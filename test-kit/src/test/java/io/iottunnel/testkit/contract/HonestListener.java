package io.iottunnel.testkit.contract;

import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets.Address;

/** Passes everything on to a listener that keeps its promises; a sabotage overrides one method. */
class HonestListener implements LocalListener {

  final LocalListener honest;

  HonestListener(LocalListener honest) {
    this.honest = honest;
  }

  @Override
  public Address address() {
    return honest.address();
  }

  @Override
  public void pause() {
    honest.pause();
  }

  @Override
  public void resume() {
    honest.resume();
  }

  @Override
  public void close() {
    honest.close();
  }
}
