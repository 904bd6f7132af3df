package io.iottunnel.cli.wiring;

import io.iottunnel.engine.LocalProxy;

/** How the service is reached from here. */
interface WayOut {

  /** Tells the local proxy. */
  void lead(LocalProxy.Builder localProxy);
}
