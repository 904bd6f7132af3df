package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.cli.doctor.Instruments;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.ports.TunnelTransport;

/** What examines the way to the service, over whatever adapters the others bind. */
final class InstrumentsModule extends AbstractModule {

  @Provides
  @Singleton
  Instruments instruments(WayOut way, TlsProbe probe, TunnelTransport transport, NioLoop loop) {
    return new Instruments(way::dial, probe, transport, loop::close);
  }
}
