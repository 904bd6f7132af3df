package io.iottunnel.domain;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A host and perhaps a port, as people write them: {@code proxy.example.com}, {@code 10.0.0.1:80},
 * {@code [::1]:8443} (RFC 3986 section 3.2, without user information).
 *
 * @param host a DNS name, an IPv4 literal, or an IPv6 literal without brackets
 * @param port 0 to 65535, or empty where none was written
 */
public record Authority(String host, OptionalInt port) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern IPV6 =
      Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");

  /**
   * Reads an authority.
   *
   * @throws IllegalArgumentException saying what is wrong; the message quotes nothing of {@code
   *     text}, which may be a mistyped secret
   */
  public static Authority parse(String text) {
    if (text.startsWith("[")) {
      return bracketed(text);
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException(
          "there is more than one ':' (an IPv6 address is written in brackets: [::1]:8443)");
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host is missing");
    }
    if (!NAME.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "a host has only letters, digits, '.', '-' and '_' (or is an IPv6 address in brackets)");
    }
    if (isNumber(host)) {
      throw new IllegalArgumentException("a number alone is not a host");
    }
    return new Authority(
        host, colon < 0 ? OptionalInt.empty() : OptionalInt.of(port(text.substring(colon + 1))));
  }

  /**
   * Reads a port of 0 to 65535.
   *
   * @throws IllegalArgumentException saying what is wrong, without quoting {@code digits}
   */
  static int port(String digits) {
    int port = isNumber(digits) && digits.length() <= 5 ? Integer.parseInt(digits) : -1;
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("the port must be a number, at most 65535");
    }
    return port;
  }

  /** Whether this is made of the digits 0 to 9 alone. */
  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** This address, with {@code portIfNone} where no port was written. */
  public HostAndPort withPortOr(int portIfNone) {
    return new HostAndPort(host, port.orElse(portIfNone));
  }

  private static Authority bracketed(String text) {
    int end = text.indexOf(']');
    if (end < 0) {
      throw new IllegalArgumentException("the bracket '[' is not closed");
    }
    String host = text.substring(1, end);
    if (!IPV6.matcher(host).matches()) {
      throw new IllegalArgumentException("what stands in brackets is not an IPv6 address");
    }
    String rest = text.substring(end + 1);
    if (rest.isEmpty()) {
      return new Authority(host, OptionalInt.empty());
    }
    if (!rest.startsWith(":")) {
      throw new IllegalArgumentException("behind the bracket comes ':' and the port, or nothing");
    }
    return new Authority(host, OptionalInt.of(port(rest.substring(1))));
  }
}
