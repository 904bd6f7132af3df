package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.dialog.AuthenticationSchemes;

/** Authentication without Jetty's HTTP client, which would bring sockets and threads of its own. */
final class JettySchemes implements AuthenticationSchemes {

  @Override
  public String basic(Credentials credentials) {
    return "Basic " + credentials.basic();
  }

  @Override
  public Digest digest(DigestChallenge challenge, Credentials credentials) {
    return new DigestAuthorization(challenge, credentials);
  }
}
