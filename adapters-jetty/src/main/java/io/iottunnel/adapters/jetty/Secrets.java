package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.webproxy.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What was sent in confidence and must not be quoted where the other side repeats it. */
final class Secrets {

  private static final String MASK = "***";

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

  /** The password of {@code credentials}, in the forms in which it travels. */
  static Secrets of(Credentials credentials) {
    String password = credentials.password();
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
    return new Secrets(
        Stream.of(password, encoded, encoded.replace("+", "%20"), basic(credentials)));
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
