package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** TLS towards the service: 1.2 or later, the name sent and checked. */
final class ClientTls {

  private final SSLContext context;
  private final boolean checkHostName;

  ClientTls(SSLContext context, boolean checkHostName) {
    this.context = context;
    this.checkHostName = checkHostName;
  }

  SSLEngine engineFor(HostAndPort service) {
    SSLEngine engine = context.createSSLEngine(service.host(), service.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setServerNames(serverNames(service));
    if (checkHostName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Said explicitly, because JSSE leaves out a name without a dot. */
  private static List<SNIServerName> serverNames(HostAndPort service) {
    return service.isIpLiteral() ? List.of() : List.of(new SNIHostName(service.host()));
  }
}
