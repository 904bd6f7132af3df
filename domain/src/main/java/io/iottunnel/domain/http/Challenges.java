package io.iottunnel.domain.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways to authenticate that an answer offers (RFC 9110 section 11.6.1): several to a header
 * field, each with parameters of its own, all of them parted by the same comma.
 */
public final class Challenges {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /**
   * An element between commas, where a quoted string may hold a comma. Possessive, as the pattern
   * of a parameter is: else a long field would be matched by recursion, as deep as it is long.
   */
  private static final Pattern ELEMENT =
      Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++");

  /** A scheme, and its first parameter or token; a parameter alone is no scheme. */
  private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ")(?:\\s++(?!=)(.*))?");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"?|(" + TOKEN + "))\\s*");

  private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final List<Challenge> challenges = new ArrayList<>();

  /**
   * @param fields the values of {@code Proxy-Authenticate}
   */
  public Challenges(List<String> fields) {
    for (String field : fields) {
      Builder builder = new Builder();
      Matcher element = ELEMENT.matcher(field);
      while (element.find()) {
        builder.take(element.group().strip());
      }
      builder.finish();
    }
  }

  /** What an answer of a web proxy offers. */
  public static Challenges of(HttpAnswer answer) {
    return new Challenges(answer.values("Proxy-Authenticate"));
  }

  /** The parameters of a field that has them alone, as {@code Proxy-Authentication-Info} does. */
  public static Map<String, String> parameters(String field) {
    Map<String, String> found = new HashMap<>();
    Matcher element = ELEMENT.matcher(field);
    while (element.find()) {
      takeParameter(element.group().strip(), found);
    }
    return found;
  }

  /** Of two with the same name the first counts. */
  private static boolean takeParameter(String element, Map<String, String> into) {
    Matcher parameter = PARAMETER.matcher(element);
    if (!parameter.matches()) {
      return false;
    }
    String value =
        parameter.group(2) == null
            ? parameter.group(3)
            : parameter.group(2).replaceAll("\\\\(.)", "$1");
    into.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
    return true;
  }

  /** Collects the elements of one field. */
  private final class Builder {
    private String scheme = "";
    private String token = "";
    private final Map<String, String> parameters = new HashMap<>();

    void take(String element) {
      Matcher beginning = SCHEME.matcher(element);
      if (!beginning.matches()) {
        takeParameter(element, parameters);
        return;
      }
      finish();
      scheme = beginning.group(1);
      String rest = beginning.group(2) == null ? "" : beginning.group(2).strip();
      if (!takeParameter(rest, parameters) && TOKEN68.matcher(rest).matches()) {
        token = rest;
      }
    }

    void finish() {
      if (!scheme.isEmpty()) {
        challenges.add(new Challenge(scheme, token, parameters));
      }
      token = "";
      parameters.clear();
    }
  }

  /** All challenges of {@code scheme}, in their order. */
  public Stream<Challenge> of(String scheme) {
    return challenges.stream().filter(challenge -> challenge.scheme().equalsIgnoreCase(scheme));
  }

  /** Whether {@code scheme} is among them, in whatever case. */
  public boolean offer(String scheme) {
    return of(scheme).findAny().isPresent();
  }

  /** The first realm that is named; raw. */
  public Optional<String> realm() {
    return challenges.stream()
        .flatMap(challenge -> challenge.parameter("realm").stream())
        .findFirst();
  }

  /** The schemes in their order, each once, raw. */
  public List<String> schemes() {
    return challenges.stream().map(Challenge::scheme).distinct().toList();
  }

  /** The schemes in their order, each once, raw; or that there is none. */
  @Override
  public String toString() {
    return challenges.isEmpty() ? "no scheme" : String.join(", ", schemes());
  }
}
