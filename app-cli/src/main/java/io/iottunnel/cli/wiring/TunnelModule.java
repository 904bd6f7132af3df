package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.cli.settings.EndSettings;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.cli.settings.TokenSettings;
import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogLines;
import io.iottunnel.engine.LogSink;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.ports.TunnelTransport;
import java.time.Duration;

/** One end of one tunnel, as the settings have it, over whatever adapters the others bind. */
final class TunnelModule extends AbstractModule {

  /**
   * Less than the 2 s that the sender of a signal waits, so that the close frame leaves as well.
   */
  private static final Duration LAST_BYTES_LIMIT = Duration.ofMillis(1_500);

  private final Settings settings;
  private final LogSink log;

  TunnelModule(Settings settings, LogSink log) {
    this.settings = settings;
    this.log = log;
  }

  @Provides
  @Singleton
  LocalProxy localProxy(WayOut way, TunnelTransport transport, LocalSockets sockets) {
    EndSettings end = settings.end();
    TokenSettings tokens = settings.tokens();
    Tuning tuning = settings.tuning();
    LocalProxy.Builder builder =
        LocalProxy.builder(end.mode(), settings.way().service(), tokens.access())
            .dialect(end.dialect())
            .anyPort(Endpoint.tcp(end.bindAddress().orElse(tuning.bindAddress()), 0))
            .settings(tuning.tunnel().change().stopLimit(LAST_BYTES_LIMIT).build())
            .observer(new LogLines(log))
            .over(transport, sockets);
    if (end.mappingOfManyTunnels()) {
      builder.mappingOfManyTunnels(end.mapping().endpoints());
    } else {
      builder.mapping(end.mapping().endpoints());
    }
    tokens.client().ifPresent(builder::clientToken);
    if (!tokens.withClientToken()) {
      builder.withoutClientToken();
    }
    way.lead(builder);
    return builder.build();
  }
}
