package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.dialog.AuthenticationSchemes;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;

/** Authentication by HttpClient's schemes. */
final class HttpClientSchemes implements AuthenticationSchemes {

  @Override
  public String basic(Credentials credentials) {
    BasicScheme scheme = new BasicScheme();
    scheme.initPreemptive(
        new UsernamePasswordCredentials(credentials.user(), credentials.password().toCharArray()));
    try {
      return scheme.generateAuthResponse(null, null, null);
    } catch (AuthenticationException e) {
      throw new IllegalStateException(e); // for want of credentials, which it has
    }
  }

  @Override
  public Digest digest(DigestChallenge challenge, Credentials credentials) {
    return new HttpClientDigest(challenge, credentials);
  }
}
