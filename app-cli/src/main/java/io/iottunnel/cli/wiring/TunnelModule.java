package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogLines;
import io.iottunnel.engine.LogSink;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TunnelTransport;

/** One end of one tunnel, as the settings have it, over whatever adapters the others bind. */
final class TunnelModule extends AbstractModule {

  private static final String USUAL_BIND_ADDRESS = "localhost";

  private final Settings settings;
  private final LogSink log;

  TunnelModule(Settings settings, LogSink log) {
    this.settings = settings;
    this.log = log;
  }

  @Provides
  @Singleton
  LocalProxy localProxy(WayOut way, TunnelTransport transport, LocalSockets sockets) {
    LocalProxy.Builder builder =
        LocalProxy.builder(settings.mode(), settings.service(), settings.accessToken())
            .mapping(settings.mapping().endpoints())
            .dialect(settings.dialect())
            .anyPort(Endpoint.tcp(settings.bindAddress().orElse(USUAL_BIND_ADDRESS), 0))
            .settings(numbers())
            .observer(new LogLines(log))
            .over(transport, sockets);
    settings.clientToken().ifPresent(builder::clientToken);
    way.lead(builder);
    return builder.build();
  }

  /** The defaults, but never more undelivered data than a quarter of the heap. */
  private static TunnelSettings numbers() {
    TunnelSettings usual = TunnelSettings.DEFAULTS;
    return usual
        .change()
        .writeBufferTotal(Math.min(usual.writeBufferTotal(), Runtime.getRuntime().maxMemory() / 4))
        .build();
  }
}
