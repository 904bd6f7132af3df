package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import io.iottunnel.adapters.nio.ClientIdentity;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.cli.settings.WaySettings;
import io.iottunnel.cli.settings.WebProxySettings;
import io.iottunnel.domain.ConfigurationException;
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
    Trust onBoth = way.trust().trusted().map(platform::plus).orElse(platform);
    SSLContext toService = onBoth.context();
    Trust there = webProxy.trusted().map(onBoth::plus).orElse(onBoth);
    boolean alike = there == onBoth && identity.isEmpty();
    return new TlsModule(new HopsTls(toService, alike ? toService : there.context(identity)));
  }

  @Override
  protected void configure() {
    bind(HopsTls.class).toInstance(hops);
  }
}
