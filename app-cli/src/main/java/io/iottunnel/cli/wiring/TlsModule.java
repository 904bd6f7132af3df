package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import javax.net.ssl.SSLContext;

/** Whom TLS trusts, on both hops. */
final class TlsModule extends AbstractModule {

  private final SSLContext tls;

  TlsModule(SSLContext tls) {
    this.tls = tls;
  }

  @Override
  protected void configure() {
    bind(SSLContext.class).toInstance(tls);
  }
}
