package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.http.DigestAlgorithm;
import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.Utf8;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.dialog.AuthenticationSchemes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** What is sent by Digest (RFC 7616) for one nonce. Jetty keeps its own in its HTTP client. */
final class DigestAuthorization implements AuthenticationSchemes.Digest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final DigestChallenge challenge;
  private final DigestAlgorithm algorithm;
  private final String cnonce;
  private final Credentials credentials;
  private final AtomicInteger count = new AtomicInteger();

  DigestAuthorization(DigestChallenge challenge, Credentials credentials) {
    this(challenge, credentials, newCnonce());
  }

  DigestAuthorization(DigestChallenge challenge, Credentials credentials, String cnonce) {
    this.challenge = challenge;
    this.algorithm = challenge.algorithm();
    this.credentials = credentials;
    this.cnonce = cnonce;
  }

  private static String newCnonce() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Override
  public String authorization(String method, String uri) {
    String nonce = challenge.nonce();
    String realm = challenge.realm();
    String nc = String.format("%08x", count.incrementAndGet());
    String user = Utf8.bytes(credentials.user());
    String ha1 = algorithm.hash(user, realm, Utf8.bytes(credentials.password()));
    if (algorithm.session()) {
      ha1 = algorithm.hash(ha1, nonce, cnonce);
    }
    String ha2 = algorithm.hash(method, uri);
    String response =
        challenge.withQop()
            ? algorithm.hash(ha1, nonce, nc, cnonce, DigestChallenge.AUTH, ha2)
            : algorithm.hash(ha1, nonce, ha2);

    StringBuilder value = new StringBuilder(DigestChallenge.SCHEME);
    value.append(' ').append(challenge.username(credentials.user()));
    value.append(", realm=").append(Utf8.quoted(realm));
    value.append(", nonce=").append(Utf8.quoted(nonce));
    value.append(", uri=").append(Utf8.quoted(uri));
    value.append(", response=").append(Utf8.quoted(response));
    if (!algorithm.written().isEmpty()) {
      value.append(", algorithm=").append(algorithm.written());
    }
    challenge.opaque().ifPresent(opaque -> value.append(", opaque=").append(Utf8.quoted(opaque)));
    if (challenge.withQop()) {
      value.append(", qop=").append(DigestChallenge.AUTH);
      value.append(", nc=").append(nc);
      value.append(", cnonce=").append(Utf8.quoted(cnonce));
    }
    return value.toString();
  }
}
