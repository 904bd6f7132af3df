package io.iottunnel.testkit.secrets;

import io.iottunnel.domain.webproxy.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A secret in every form that it could be printed in.
 *
 * @param origin which code wanted it, for whoever has to find out what was printed
 * @param forms raw, percent-encoded and base64, and pieces that no way to escape it would change
 */
record Secret(String origin, List<String> forms) {

  /** A piece that is shorter could be found by chance. */
  private static final int SHORTEST_PIECE = 12;

  /** What stands for a secret where one was found. */
  static final String MASK = "<SECRET>";

  static Secret of(String text) {
    return new Secret(caller(), formsOf(text).distinct().toList());
  }

  /** Something of whose pieces nobody knows which are secret: it counts as a whole. */
  static Secret whole(String text) {
    return new Secret(caller(), encoded(text).distinct().toList());
  }

  static Secret of(Credentials user) {
    return new Secret(
        caller(),
        Stream.concat(formsOf(user.password()), base64(user.user() + ":" + user.password()))
            .distinct()
            .toList());
  }

  boolean isIn(String text) {
    return forms.stream().anyMatch(text::contains);
  }

  /** The text without it. */
  String maskedIn(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, MASK);
    }
    return masked;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Secret[" + origin + "]";
  }

  private static Stream<String> formsOf(String text) {
    Stream<String> pieces =
        Arrays.stream(text.split("[^A-Za-z0-9]")).filter(p -> p.length() >= SHORTEST_PIECE);
    return Stream.concat(encoded(text), pieces);
  }

  private static Stream<String> encoded(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    Stream<String> percent =
        Stream.of(encoded, encoded.replace("+", "%20"))
            .flatMap(form -> Stream.of(form, form.toLowerCase(Locale.ROOT)));
    return Stream.of(Stream.of(text), percent, base64(text)).flatMap(forms -> forms);
  }

  /** Without padding, which may be there or not. */
  private static Stream<String> base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
        .map(encoder -> encoder.withoutPadding().encodeToString(bytes));
  }

  /** The nearest test among the callers. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(Secret::isOfATest).findFirst())
        .map(StackWalker.StackFrame::toString)
        .orElse("a place that is no test");
  }

  private static boolean isOfATest(StackWalker.StackFrame frame) {
    return frame.getClassName().matches("io\\.iottunnel\\..*(Test|IT)(\\$.*)?");
  }
}
