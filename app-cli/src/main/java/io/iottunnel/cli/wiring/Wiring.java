package io.iottunnel.cli.wiring;

import com.google.inject.Guice;
import com.google.inject.Module;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.webproxy.WebProxyUrl;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogSink;
import java.util.List;
import java.util.Map;

/**
 * Chooses the adapters. This list is the only place that chooses; the modules in it have no
 * conditions.
 */
public final class Wiring {

  private Wiring() {}

  /**
   * The local proxy that the settings ask for, not started.
   *
   * @param environment the process's environment, of which OpenSSL's variables for trusted
   *     authorities and those of Kerberos count
   * @param userAgent how we introduce ourselves to web proxies and the service
   * @throws ConfigurationException if the certificates to trust cannot be used
   */
  public static LocalProxy localProxy(
      Settings settings, LogSink log, Map<String, String> environment, String userAgent) {
    return Guice.createInjector(modules(settings, log, environment, userAgent))
        .getInstance(LocalProxy.class);
  }

  static List<Module> modules(
      Settings settings, LogSink log, Map<String, String> environment, String userAgent) {
    return List.of(
        new TunnelModule(settings, log),
        new NioModule(
            settings.tuning().dial(),
            settings
                .end()
                .bindAddress()
                .filter(address -> settings.end().mode() == Mode.DESTINATION)),
        new KerberosModule(environment),
        TlsModule.of(settings.way(), environment),
        new JettyModule(
            settings.way().trust().verifyPeers(), userAgent, settings.tuning().session()),
        settings
            .way()
            .webProxy()
            .selection()
            .url()
            .map(WebProxyUrl::webProxy)
            .<Module>map(WebProxyWayModule::new)
            .orElseGet(DirectWayModule::new));
  }
}
