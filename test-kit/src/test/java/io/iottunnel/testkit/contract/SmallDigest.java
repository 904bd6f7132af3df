package io.iottunnel.testkit.contract;

import io.iottunnel.domain.webproxy.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One challenge by Digest, and its answers. */
final class SmallDigest {

  private static final Pattern PARAMETER =
      Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  /** The weakest first; no other is known. */
  private static final List<String> ALGORITHMS = List.of("MD5", "SHA-256");

  private final Map<String, String> given;
  private int count;

  private SmallDigest(Map<String, String> given) {
    this.given = given;
  }

  /** Empty where {@code challenge} is none that can be answered. */
  static Optional<SmallDigest> of(String challenge) {
    Map<String, String> given = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(challenge);
    while (parameter.find()) {
      String plain = parameter.group(3);
      given.put(
          parameter.group(1),
          plain == null ? parameter.group(2).replaceAll("\\\\(.)", "$1") : plain);
    }
    boolean known =
        challenge.startsWith("Digest ")
            && ALGORITHMS.contains(given.getOrDefault("algorithm", "MD5"))
            && List.of(given.getOrDefault("qop", "auth").split(",")).contains("auth");
    return known ? Optional.of(new SmallDigest(given)) : Optional.empty();
  }

  int strength() {
    return ALGORITHMS.indexOf(algorithm());
  }

  boolean isStale() {
    return given.containsKey("stale");
  }

  boolean hasQop() {
    return given.containsKey("qop");
  }

  private String algorithm() {
    return given.getOrDefault("algorithm", "MD5");
  }

  /** The value of {@code Proxy-Authorization} for one more request. */
  String answer(Credentials user, String target) {
    return answer(user, target, hasQop());
  }

  String answer(Credentials user, String target, boolean withQop) {
    String nonce = given.getOrDefault("nonce", "");
    String nc = HexFormat.of().toHexDigits(++count, 8);
    String secret = hash(user.user(), given.getOrDefault("realm", ""), user.password());
    String asked = hash("CONNECT", target);
    String counted = withQop ? nc + ":small:auth:" : "";
    String response = hash(secret, nonce, counted + asked);
    return "Digest username=%s, realm=%s, nonce=%s, uri=%s, response=%s, algorithm=%s%s%s"
        .formatted(
            quoted(user.user()),
            quoted(given.getOrDefault("realm", "")),
            quoted(nonce),
            quoted(target),
            quoted(response),
            algorithm(),
            given.containsKey("opaque") ? ", opaque=" + quoted(given.get("opaque")) : "",
            withQop ? ", qop=auth, cnonce=\"small\", nc=" + nc : "");
  }

  private String hash(String... parts) {
    try {
      byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm()).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("[\"\\\\]", "\\\\$0") + '"';
  }
}
