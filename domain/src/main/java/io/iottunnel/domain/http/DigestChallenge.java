package io.iottunnel.domain.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A challenge of Digest (RFC 7616) that can be answered. Only qop {@code auth}, and no qop at all
 * (RFC 2069), are: a CONNECT has no body that {@code auth-int} could protect.
 *
 * @param challenge as it came, a char for each byte
 * @param algorithm how to hash
 * @param nonce what to hash with
 * @param withQop whether there is a qop, which then is {@code auth}
 */
public record DigestChallenge(
    Challenge challenge, DigestAlgorithm algorithm, String nonce, boolean withQop) {

  /** The scheme's name. */
  public static final String SCHEME = "Digest";

  /** The only qop that is answered. */
  public static final String AUTH = "auth";

  private static final String QOP = "qop";

  /** Of what is offered, the strongest that can be answered. */
  public static Optional<DigestChallenge> strongest(Challenges offered) {
    return offered
        .of(SCHEME)
        .flatMap(challenge -> of(challenge).stream())
        .max(Comparator.comparingInt(answerable -> answerable.algorithm.strength()));
  }

  private static Optional<DigestChallenge> of(Challenge challenge) {
    Optional<String> qop = challenge.parameter(QOP);
    boolean known = qop.isEmpty() || listed(qop.get()).contains(AUTH);
    return DigestAlgorithm.of(challenge.parameter("algorithm"))
        .filter(algorithm -> known && (qop.isPresent() || !algorithm.session()))
        .flatMap(
            algorithm ->
                challenge
                    .parameter("nonce")
                    .map(
                        nonce ->
                            new DigestChallenge(challenge, algorithm, nonce, qop.isPresent())));
  }

  private static List<String> listed(String qops) {
    return List.of(qops.toLowerCase(Locale.ROOT).split("[,\\s]+"));
  }

  /** The same with another nonce ({@code nextnonce}). */
  public DigestChallenge withNonce(String other) {
    return new DigestChallenge(challenge, algorithm, other, withQop);
  }

  /** Where the credentials are valid; may be empty. */
  public String realm() {
    return challenge.parameter("realm").orElse("");
  }

  /** What is to be sent back as it came. */
  public Optional<String> opaque() {
    return challenge.parameter("opaque");
  }

  /**
   * The parameter that names {@code user}: hashed, as it is, or encoded where it must be and the
   * other side says that it takes UTF-8 (sections 3.4, 3.4.4 and 4).
   */
  public String username(String user) {
    String bytes = Utf8.bytes(user);
    if (challenge.isTrue("userhash")) {
      return "username=" + Utf8.quoted(algorithm.hash(bytes, realm())) + ", userhash=true";
    }
    boolean ascii = bytes.chars().allMatch(c -> c < 0x80);
    boolean takesUtf8 =
        challenge.parameter("charset").filter("UTF-8"::equalsIgnoreCase).isPresent();
    return ascii || !takesUtf8
        ? "username=" + Utf8.quoted(bytes)
        : "username*=UTF-8''" + Utf8.percentEncoded(user);
  }
}
