package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import io.iottunnel.adapters.nio.ClientIdentity;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.WaySettings;
import io.iottunnel.cli.settings.WebProxySettings;
import io.iottunnel.domain.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Whom TLS trusts, on each hop, and what it shows of itself. */
final class TlsModule extends AbstractModule {

  private final HopsTls hops;

  private TlsModule(HopsTls hops) {
    this.hops = hops;
  }

  /**
   * What the user wants. Read here and not when it is injected, since what is wrong with a file
   * shall be said in one line.
   *
   * @throws ConfigurationException if the files cannot be used
   */
  static TlsModule of(WaySettings way, Map<String, String> environment) {
    WebProxySettings webProxy = way.webProxy();
    Optional<ClientIdentity> identity =
        webProxy.certificate().map(pem -> ClientIdentity.read(pem.certificate(), pem.key()));
    if (!way.trust().verifyPeers()) {
      return new TlsModule(new HopsTls(Trust.checkingNothing(), Trust.checkingNothing(identity)));
    }
    Trust platform = Trust.ofPlatform(environment);
    Trust onBoth =
        way.trust().trusted().map(path -> plus(platform, Option.CAPATH, path)).orElse(platform);
    SSLContext toService = onBoth.context();
    Trust there =
        webProxy.trusted().map(path -> plus(onBoth, Option.WEB_PROXY_CA, path)).orElse(onBoth);
    boolean alike = there == onBoth && identity.isEmpty();
    return new TlsModule(new HopsTls(toService, alike ? toService : there.context(identity)));
  }

  private static Trust plus(Trust trust, Option option, Path certificates) {
    try {
      return trust.plus(certificates);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(option.form().label() + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected void configure() {
    bind(HopsTls.class).toInstance(hops);
  }
}
