package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.kerberos.JgssNegotiateTokens;
import io.iottunnel.ports.NegotiateTokens;
import java.util.Map;

/** Kerberos tickets of the JDK, for web proxies that want Negotiate. */
final class KerberosModule extends AbstractModule {

  private final Map<String, String> environment;

  KerberosModule(Map<String, String> environment) {
    this.environment = environment;
  }

  @Provides
  @Singleton
  NegotiateTokens tokens() {
    return new JgssNegotiateTokens(environment);
  }
}
