package io.iottunnel.testkit.webproxy;

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
import java.util.stream.Stream;

/**
 * Lets pass who authenticates by Digest (RFC 7616), and is strict about it: every nonce is its own,
 * the uses of each are counted up, and what must not be quoted is not. Knows its nonces on all
 * connections. Thread-safe.
 */
public final class DigestLogin implements Login {

  private static final String REALM = "the \"digest\" realm, at home";
  private static final String OPAQUE = "opaque==";
  private static final int UNKNOWN = -1;
  private static final Pattern PARAMETER =
      Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))(?:,\\s*|$)");

  private final Credentials user;
  private final Map<String, Integer> uses = new HashMap<>();
  private List<String> algorithms = List.of("MD5");
  private List<String> others = List.of();
  private boolean qop = true;
  private int usesOfANonce = Integer.MAX_VALUE;
  private boolean namesTheNext;
  private int refused;

  private DigestLogin(Credentials user) {
    this.user = user;
  }

  /** Wants to see this user, and hashes by MD5 with qop {@code auth}. */
  public static DigestLogin of(Credentials user) {
    return new DigestLogin(user);
  }

  /** Offers these algorithms of the JDK instead, in this order. */
  public DigestLogin algorithms(String... names) {
    algorithms = List.of(names);
    return this;
  }

  /** Offers these challenges in front of its own. */
  public DigestLogin behind(String... challenges) {
    others = List.of(challenges);
    return this;
  }

  /** Knows no qop, as before RFC 2617. */
  public DigestLogin withoutQop() {
    qop = false;
    return this;
  }

  /**
   * Takes each nonce so often; then it is stale. With 0 every nonce is stale from the beginning.
   */
  public DigestLogin usesOfANonce(int most) {
    usesOfANonce = most;
    return this;
  }

  /** Names the next nonce with each answer that opens a tunnel. */
  public DigestLogin namingTheNext() {
    namesTheNext = true;
    return this;
  }

  /** How often credentials by Digest were refused, those for a stale nonce included. */
  public synchronized int refused() {
    return refused;
  }

  @Override
  public synchronized List<String> challenges(ReceivedRequest request) {
    Optional<Map<String, String>> shown =
        request.values("Proxy-Authorization").stream()
            .filter(value -> value.startsWith("Digest "))
            .findFirst()
            .map(value -> parameters(value.substring("Digest ".length())));
    if (shown.isEmpty()) {
      return challenge(false);
    }
    String nonce = shown.get().getOrDefault("nonce", "");
    int before = uses.getOrDefault(nonce, UNKNOWN);
    boolean right = before != UNKNOWN && isRight(request, shown.get(), nonce, before);
    if (!right || before >= usesOfANonce) {
      refused++;
      return challenge(right);
    }
    uses.put(nonce, qop ? count(shown.get()) : before + 1);
    return List.of();
  }

  @Override
  public synchronized String opened() {
    return namesTheNext
        ? "HTTP/1.1 200 OK\r\nProxy-Authentication-Info: nextnonce=\"" + newNonce() + "\"\r\n\r\n"
        : Script.OPENED;
  }

  private List<String> challenge(boolean stale) {
    String nonce = newNonce();
    Stream<String> own =
        algorithms.stream()
            .map(
                algorithm ->
                    "Digest realm="
                        + quoted(REALM)
                        + ", nonce=\""
                        + nonce
                        + "\", opaque=\""
                        + OPAQUE
                        + "\", algorithm="
                        + algorithm
                        + (qop ? ", qop=\"auth,auth-int\"" : "")
                        + (stale ? ", stale=true" : ""));
    return Stream.concat(others.stream(), own).toList();
  }

  private String newNonce() {
    String nonce = "nonce, the " + (uses.size() + 1) + ".";
    uses.put(nonce, 0);
    return nonce;
  }

  private boolean isRight(
      ReceivedRequest request, Map<String, String> shown, String nonce, int before) {
    String target = request.target().orElse("");
    String algorithm = shown.getOrDefault("algorithm", "");
    String nc = shown.getOrDefault("nc", "");
    String cnonce = shown.getOrDefault("cnonce", "");
    boolean countedRight =
        qop
            ? "auth".equals(shown.get("qop")) && count(shown) > before && !cnonce.isEmpty()
            : !shown.containsKey("qop") && nc.isEmpty();
    if (!algorithms.contains(algorithm) || !countedRight) {
      return false;
    }
    String secret = hash(algorithm, user.user(), REALM, user.password());
    String asked = hash(algorithm, "CONNECT", target);
    String response =
        qop
            ? hash(algorithm, secret, nonce, nc, cnonce, "auth", asked)
            : hash(algorithm, secret, nonce, asked);
    return Map.of(
            "username",
            user.user(),
            "realm",
            REALM,
            "uri",
            target,
            "opaque",
            OPAQUE,
            "response",
            response)
        .entrySet()
        .stream()
        .allMatch(wanted -> wanted.getValue().equals(shown.get(wanted.getKey())));
  }

  /** The count of a request: any may have been lost, and none may come twice. */
  private static int count(Map<String, String> shown) {
    String nc = shown.getOrDefault("nc", "");
    return nc.matches("[0-9a-f]{8}") ? HexFormat.fromHexDigits(nc) : 0;
  }

  /** Empty where something is not as the RFC has it: what was quoted and must not be, say. */
  private static Map<String, String> parameters(String value) {
    Map<String, String> found = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(value);
    int end = 0;
    while (parameter.find() && parameter.start() == end) {
      boolean isQuoted = parameter.group(2) != null;
      boolean mayBeQuoted = !List.of("qop", "nc", "algorithm").contains(parameter.group(1));
      if (isQuoted && !mayBeQuoted) {
        return Map.of();
      }
      found.put(
          parameter.group(1),
          isQuoted ? parameter.group(2).replaceAll("\\\\(.)", "$1") : parameter.group(3));
      end = parameter.end();
    }
    return end == value.length() ? found : Map.of();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }

  private static String hash(String algorithm, String... parts) {
    try {
      byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // a script that offers what it does not know
    }
  }
}
