package io.iottunnel.domain.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was sent in confidence and must not be quoted where the other side repeats it. */
public final class Secrets {

  private static final String MASK = "***";

  private static final Pattern DIGEST_RESPONSE = Pattern.compile(" response=\"([^\"]*)\"");

  private final List<String> longestFirst;

  private Secrets(Stream<String> secrets) {
    longestFirst =
        secrets
            .filter(secret -> !secret.isEmpty())
            // In a header field, which is read byte by byte, UTF-8 looks like that.
            .flatMap(secret -> Stream.of(secret, Utf8.bytes(secret)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** These values, as they are. */
  public static Secrets of(Collection<String> values) {
    return new Secrets(values.stream());
  }

  /** What is confidential in a value of {@code Proxy-Authorization}, of any scheme. */
  public static Secrets in(String authorization) {
    Matcher response = DIGEST_RESPONSE.matcher(authorization);
    return new Secrets(
        Stream.concat(
            Stream.of(authorization.substring(authorization.indexOf(' ') + 1)),
            response.results().map(found -> found.group(1))));
  }

  /** These and {@code more}. */
  public Secrets and(Secrets more) {
    return new Secrets(Stream.concat(longestFirst.stream(), more.longestFirst.stream()));
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
