package io.iottunnel.domain.http;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What was sent in confidence and must not be quoted where the other side repeats it. */
public final class Secrets {

  private static final String MASK = "***";

  private final List<String> longestFirst;

  private Secrets(Stream<String> secrets) {
    longestFirst =
        secrets
            .filter(secret -> !secret.isEmpty())
            .flatMap(secret -> Stream.of(secret, asLatin1(secret)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** These values, as they are. */
  public static Secrets of(Collection<String> values) {
    return new Secrets(values.stream());
  }

  /** As what was sent in UTF-8 looks in a header field, which is read byte by byte. */
  private static String asLatin1(String secret) {
    return new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** {@code text} with every secret in it masked. To be called before anything is cut off. */
  public String maskedIn(String text) {
    String masked = text;
    for (String secret : longestFirst) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }
}
