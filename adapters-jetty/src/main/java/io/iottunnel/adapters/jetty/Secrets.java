package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was sent in confidence and must not be quoted where the other side repeats it. */
final class Secrets {

  private static final String MASK = "***";
  private static final Pattern DIGEST_RESPONSE = Pattern.compile(" response=\"([^\"]*)\"");

  private final List<String> longestFirst;

  private Secrets(Stream<String> secrets) {
    longestFirst =
        secrets
            .filter(secret -> !secret.isEmpty())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** These values, as they are. */
  static Secrets of(Collection<String> values) {
    return new Secrets(values.stream());
  }

  /** The password for {@code proxy}, if any, in the forms in which it travels. */
  static Secrets of(WebProxy proxy) {
    return proxy.credentials().map(Secrets::of).orElseGet(() -> of(List.of()));
  }

  /** The password of {@code credentials}, in the forms in which it travels. */
  static Secrets of(Credentials credentials) {
    String password = credentials.password();
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
    return new Secrets(
        Stream.of(password, encoded, encoded.replace("+", "%20"), basic(credentials)));
  }

  /** What is confidential in a value of {@code Proxy-Authorization}, of any scheme. */
  static Secrets in(String authorization) {
    Matcher response = DIGEST_RESPONSE.matcher(authorization);
    return new Secrets(
        Stream.concat(
            Stream.of(authorization.substring(authorization.indexOf(' ') + 1)),
            response.results().map(found -> found.group(1))));
  }

  /** These and {@code more}. */
  Secrets and(Secrets more) {
    return new Secrets(Stream.concat(longestFirst.stream(), more.longestFirst.stream()));
  }

  /** User and password as Basic sends them (RFC 7617 section 2), in UTF-8. */
  static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code text} with every secret in it masked. To be called before anything is cut off. */
  String maskedIn(String text) {
    String masked = text;
    for (String secret : longestFirst) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }
}
