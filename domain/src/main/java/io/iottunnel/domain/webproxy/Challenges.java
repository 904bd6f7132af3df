package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ways to authenticate that an answer offers (RFC 9110 section 11.6.1): several to a header
 * field, each with parameters of its own, all of them parted by the same comma.
 */
public final class Challenges {

  private static final int SHOWN = 100;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /**
   * An element between commas, where a quoted string may hold a comma. Possessive, as the pattern
   * of a realm is: else a long field would be matched by recursion, as deep as it is long.
   */
  private static final Pattern ELEMENT =
      Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++");

  /** A scheme, and its first parameter or credentials; a parameter alone is no scheme. */
  private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ")(?:\\s+(?!=)(.*))?");

  private static final Pattern REALM =
      Pattern.compile("(?i)realm\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"?|(" + TOKEN + "))");

  private static final int ALL_SHOWN = 200;

  private final List<String> schemes = new ArrayList<>();
  private Optional<String> realm = Optional.empty();

  /**
   * @param fields the values of {@code Proxy-Authenticate}
   */
  Challenges(List<String> fields) {
    for (String field : fields) {
      Matcher element = ELEMENT.matcher(field);
      while (element.find()) {
        take(element.group().strip());
      }
    }
  }

  private void take(String element) {
    Matcher scheme = SCHEME.matcher(element);
    String parameter = element;
    if (scheme.matches()) {
      schemes.add(scheme.group(1));
      parameter = scheme.group(2) == null ? "" : scheme.group(2);
    }
    Matcher named = REALM.matcher(parameter);
    if (realm.isEmpty() && named.lookingAt()) {
      String text = named.group(1) == null ? named.group(2) : unescaped(named.group(1));
      realm = Optional.of(Printable.of(text, SHOWN));
    }
  }

  private static String unescaped(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  boolean offer(String scheme) {
    return schemes.stream().anyMatch(scheme::equalsIgnoreCase);
  }

  /** The first realm that is named, fit for a message. */
  Optional<String> realm() {
    return realm;
  }

  /** The schemes in their order, fit for a message. */
  @Override
  public String toString() {
    return schemes.isEmpty()
        ? "no scheme"
        : Printable.of(schemes.stream().distinct().collect(Collectors.joining(", ")), ALL_SHOWN);
  }
}
