package io.iottunnel.ports.dialog;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.webproxy.Credentials;

/**
 * What an HTTP library knows of authentication: how credentials are written. When they are sent,
 * and by which scheme, is decided by {@link ConnectCourse}. Thread-safe.
 *
 * <p>What is returned is a value of {@code Proxy-Authorization}, a char for each byte, and secret.
 */
public interface AuthenticationSchemes {

  /** By Basic (RFC 7617), in UTF-8. */
  String basic(Credentials credentials);

  /**
   * By Digest (RFC 7616).
   *
   * @param challenge one that can be answered: its algorithm is known, its qop {@code auth} or none
   */
  Digest digest(DigestChallenge challenge, Credentials credentials);

  /**
   * The credentials for one nonce. It may serve several requests, of several dialogs, and each is
   * counted ({@code nc}). Thread-safe.
   */
  interface Digest {

    /**
     * For one more request.
     *
     * @param uri the request's target
     */
    String authorization(String method, String uri);
  }
}
