package io.iottunnel.cli.wiring;

import com.google.inject.Guice;
import com.google.inject.Module;
import io.iottunnel.cli.doctor.Instruments;
import io.iottunnel.cli.settings.ConnectLibrary;
import io.iottunnel.cli.settings.EndSettings;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.cli.settings.WaySettings;
import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.WebProxyUrl;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the adapters. This list is the only place that chooses; the modules in it have no
 * conditions.
 */
public final class Wiring {

  private Wiring() {}

  /**
   * The local proxy that the settings ask for, not started.
   *
   * @throws ConfigurationException if the certificates to trust cannot be used
   */
  public static LocalProxy localProxy(Settings settings, LogSink log, Host host) {
    return Guice.createInjector(modules(settings, log, host)).getInstance(LocalProxy.class);
  }

  /**
   * What examines the way that the settings ask for.
   *
   * @throws ConfigurationException if the certificates to trust cannot be used
   */
  public static Instruments instruments(WaySettings way, Tuning tuning, Host host) {
    List<Module> modules = new ArrayList<>(way(way, tuning, host));
    modules.add(new InstrumentsModule());
    return Guice.createInjector(modules).getInstance(Instruments.class);
  }

  static List<Module> modules(Settings settings, LogSink log, Host host) {
    List<Module> modules = new ArrayList<>(way(settings.way(), settings.tuning(), host));
    modules.add(local(settings, host));
    modules.add(new TunnelModule(settings, log));
    return modules;
  }

  private static List<Module> way(WaySettings way, Tuning tuning, Host host) {
    return List.of(
        new NioModule(tuning.dial()),
        new KerberosModule(host.environment()),
        TlsModule.of(way, host.environment()),
        dialogs(way.connectWith(), host.userAgent()),
        new JettyTransportModule(way.trust().verifyPeers(), host.userAgent(), tuning.session()),
        way.webProxy()
            .selection()
            .url()
            .map(WebProxyUrl::webProxy)
            .<Module>map(WebProxyWayModule::new)
            .orElseGet(DirectWayModule::new));
  }

  private static Module local(Settings settings, Host host) {
    EndSettings end = settings.end();
    return end.stdio()
        ? new StdioModule(host.in(), host.out())
        : new SocketsModule(
            settings.tuning().dial(),
            end.bindAddress().filter(address -> end.mode() == Mode.DESTINATION));
  }

  /** Of the library that is not chosen, no class is loaded. */
  private static Module dialogs(ConnectLibrary library, String userAgent) {
    return switch (library) {
      case JETTY -> new JettyDialogModule(userAgent);
      case HTTPCLIENT -> new HttpClientDialogModule(userAgent);
    };
  }
}
