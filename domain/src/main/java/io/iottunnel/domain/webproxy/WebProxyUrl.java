package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.Authority;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.webproxy.WebProxy.Scheme;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A web proxy as people write it in {@code HTTPS_PROXY}: with and without scheme, slashes,
 * credentials and port. The forms without slashes ({@code http:user:password@10.0.0.1:3128}) are
 * those of AWS's documentation.
 *
 * <p>The last {@code @} ends the credentials and the first {@code :} in them ends the user, so that
 * a password may hold both without being encoded.
 *
 * @param webProxy what was read
 * @param portAssumed whether no port was written and {@link #ASSUMED_PORT} is taken, which deserves
 *     a warning
 */
public record WebProxyUrl(WebProxy webProxy, boolean portAssumed) {

  /** The port of a web proxy that is given without one. */
  public static final int ASSUMED_PORT = 3128;

  private static final String EXAMPLE = "http://user:password@proxy.example.com:3128";
  private static final Pattern SLASHED = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern COLON = Pattern.compile("(?i):|%3a");
  private static final Pattern BARE = Pattern.compile("(?is)(https?):(.*)");

  /**
   * Reads a web proxy.
   *
   * @param text as the user wrote it, white space around it already dropped
   * @param origin where it came from, such as {@code HTTPS_PROXY}, for the error
   * @throws ConfigurationException naming the origin, what is wrong and the value, its password
   *     masked
   */
  public static WebProxyUrl parse(String text, String origin) {
    Parts parts = Parts.of(text);
    try {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("it contains a control character");
      }
      Scheme scheme = scheme(parts.scheme());
      if (parts.address().indexOf('/') >= 0) {
        throw new IllegalArgumentException("behind the port comes nothing, or '/' alone");
      }
      Authority authority = Authority.parse(parts.address().toLowerCase(Locale.ROOT));
      HostAndPort address = authority.withPortOr(ASSUMED_PORT);
      if (address.port() == 0) {
        throw new IllegalArgumentException("the port must be a number from 1 to 65535");
      }
      Optional<Credentials> credentials = parts.credentials().map(CredentialsText::parse);
      return new WebProxyUrl(
          new WebProxy(scheme, address, credentials), authority.port().isEmpty());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "%s: the web proxy '%s' cannot be used: %s. Example: %s"
              .formatted(origin, Printable.of(parts.masked(), 200), e.getMessage(), EXAMPLE),
          e);
    }
  }

  /** Whether {@code text} names one of the schemes that are supported, or none. */
  static boolean hasOurScheme(String text) {
    return Parts.of(text).scheme().filter(scheme -> ours(scheme).isEmpty()).isEmpty();
  }

  private static Optional<Scheme> ours(String scheme) {
    return Stream.of(Scheme.values())
        .filter(known -> known.text().equalsIgnoreCase(scheme))
        .findFirst();
  }

  private static Scheme scheme(Optional<String> written) {
    String scheme = written.orElse(Scheme.HTTP.text());
    return ours(scheme)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    isSocks(scheme)
                        ? "SOCKS is not supported yet; http:// and https:// are"
                        : "its scheme must be http or https"));
  }

  private static boolean isSocks(String scheme) {
    return scheme.toLowerCase(Locale.ROOT).startsWith("socks");
  }

  /** The text, cut in pieces. */
  private record Parts(Optional<String> scheme, Optional<String> credentials, String address) {

    static Parts of(String text) {
      Matcher slashed = SLASHED.matcher(text);
      if (slashed.matches()) {
        return of(Optional.of(slashed.group(1)), slashed.group(2));
      }
      Matcher bare = BARE.matcher(text);
      return bare.matches()
          ? of(Optional.of(bare.group(1)), bare.group(2))
          : of(Optional.empty(), text);
    }

    private static Parts of(Optional<String> scheme, String rest) {
      int at = rest.lastIndexOf('@');
      String address = rest.substring(at + 1);
      return new Parts(
          scheme,
          at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at)),
          address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
    }

    /**
     * For an error. Behind a colon of the address, too, may stand a password: that of someone who
     * forgot the host. And what looks like an odd scheme may be a user whose password begins with
     * slashes.
     */
    String masked() {
      return scheme.map(s -> s + "://").orElse("")
          + credentials.map(c -> (schemeIsCertain() ? masked(c) : "***") + "@").orElse("")
          + masked(address);
    }

    private boolean schemeIsCertain() {
      return scheme.filter(s -> ours(s).isEmpty() && !isSocks(s)).isEmpty();
    }

    /** Also behind a colon that somebody has encoded, though it should part user and password. */
    private static String masked(String text) {
      Matcher colon = COLON.matcher(text);
      return colon.find() ? text.substring(0, colon.start()) + ":***" : text;
    }
  }
}
