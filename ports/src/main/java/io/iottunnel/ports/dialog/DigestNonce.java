package io.iottunnel.ports.dialog;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.webproxy.Credentials;

/** A nonce of a web proxy, with the credentials that are sent for it. */
record DigestNonce(
    DigestChallenge challenge, Credentials credentials, AuthenticationSchemes.Digest digest) {

  static DigestNonce of(
      DigestChallenge challenge, Credentials credentials, AuthenticationSchemes schemes) {
    return new DigestNonce(challenge, credentials, schemes.digest(challenge, credentials));
  }
}
