package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.webproxy.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A nonce of a web proxy, and what is sent for it by Digest (RFC 7616). It may serve several
 * requests, of several dialogs: each is counted. Thread-safe.
 *
 * <p>Only qop {@code auth}, and no qop at all (RFC 2069), are known: a CONNECT has no body that
 * {@code auth-int} could protect.
 */
final class DigestNonce {

  /** The scheme's name. */
  static final String SCHEME = "Digest";

  private static final String NONCE = "nonce";
  private static final String QOP = "qop";
  private static final String AUTH = "auth";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Challenge challenge;
  private final DigestAlgorithm algorithm;
  private final String nonce;
  private final String cnonce;
  private final Credentials credentials;
  private final AtomicInteger count = new AtomicInteger();

  DigestNonce(
      Challenge challenge,
      DigestAlgorithm algorithm,
      String nonce,
      String cnonce,
      Credentials credentials) {
    this.challenge = challenge;
    this.algorithm = algorithm;
    this.nonce = nonce;
    this.cnonce = cnonce;
    this.credentials = credentials;
  }

  /** Of what is offered, the strongest that we can answer. */
  static Optional<DigestNonce> strongest(Challenges offered, Credentials credentials) {
    return offered
        .of(SCHEME)
        .flatMap(challenge -> of(challenge, credentials).stream())
        .max(Comparator.comparingInt(answerable -> answerable.algorithm.strength()));
  }

  private static Optional<DigestNonce> of(Challenge challenge, Credentials credentials) {
    boolean withQop = challenge.parameter(QOP).isPresent();
    boolean known = !withQop || listed(challenge.parameter(QOP).get()).contains(AUTH);
    return DigestAlgorithm.of(challenge.parameter("algorithm"))
        .filter(algorithm -> known && (withQop || !algorithm.session()))
        .flatMap(
            algorithm ->
                challenge
                    .parameter(NONCE)
                    .map(
                        nonce ->
                            new DigestNonce(
                                challenge, algorithm, nonce, newCnonce(), credentials)));
  }

  private static List<String> listed(String qops) {
    return List.of(qops.toLowerCase(Locale.ROOT).split("[,\\s]+"));
  }

  private static String newCnonce() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** The nonce that shall be used instead from now on ({@code nextnonce}). */
  DigestNonce next(String following) {
    return new DigestNonce(challenge, algorithm, following, newCnonce(), credentials);
  }

  /** Whether these are the credentials that go with it. */
  boolean isFor(Credentials others) {
    return credentials.equals(others);
  }

  /**
   * The credentials for one more request: the value of {@code Proxy-Authorization}, a char for each
   * byte.
   *
   * @param uri the request's target
   */
  String authorization(String method, String uri) {
    boolean withQop = challenge.parameter(QOP).isPresent();
    String realm = challenge.parameter("realm").orElse("");
    String nc = String.format("%08x", count.incrementAndGet());
    String user = bytes(credentials.user());
    String ha1 = algorithm.hash(user, realm, bytes(credentials.password()));
    if (algorithm.session()) {
      ha1 = algorithm.hash(ha1, nonce, cnonce);
    }
    String ha2 = algorithm.hash(method, uri);
    String response =
        withQop
            ? algorithm.hash(ha1, nonce, nc, cnonce, AUTH, ha2)
            : algorithm.hash(ha1, nonce, ha2);

    StringBuilder value = new StringBuilder(SCHEME).append(' ').append(username(user, realm));
    value.append(", realm=").append(quoted(realm));
    value.append(", nonce=").append(quoted(nonce));
    value.append(", uri=").append(quoted(uri));
    value.append(", response=").append(quoted(response));
    if (!algorithm.written().isEmpty()) {
      value.append(", algorithm=").append(algorithm.written());
    }
    challenge.parameter("opaque").ifPresent(o -> value.append(", opaque=").append(quoted(o)));
    if (withQop) {
      value.append(", qop=").append(AUTH);
      value.append(", nc=").append(nc);
      value.append(", cnonce=").append(quoted(cnonce));
    }
    return value.toString();
  }

  /** RFC 7616 section 3.4: hashed, as it is, or encoded where it must be and can be. */
  private String username(String user, String realm) {
    if (challenge.isTrue("userhash")) {
      return "username=" + quoted(algorithm.hash(user, realm)) + ", userhash=true";
    }
    boolean ascii = user.chars().allMatch(c -> c < 0x80);
    boolean utf8 = challenge.parameter("charset").filter("UTF-8"::equalsIgnoreCase).isPresent();
    return ascii || !utf8
        ? "username=" + quoted(user)
        : "username*=UTF-8''" + percentEncoded(credentials.user());
  }

  /** RFC 8187 section 3.2.1. */
  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && (Character.isLetterOrDigit(b) || "!#$&+-.^_`|~".indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return encoded.toString();
  }

  /** UTF-8, whether the web proxy names it or not, a char for each byte. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("[\"\\\\]", "\\\\$0") + '"';
  }
}
