package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.Authority;
import io.iottunnel.domain.HostAndPort;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * One entry of a {@link NoProxy}.
 *
 * @param text as the user wrote it
 * @param hosts the hosts that it is about
 * @param port the one port that it is about, where it names one
 */
record NoProxyEntry(String text, Predicate<String> hosts, OptionalInt port) {

  private static final String EVERYTHING = "*";

  /** What {@code text} means; empty where it is not one of the forms. */
  static Optional<NoProxyEntry> parse(String text) {
    try {
      return Optional.of(read(text, text.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean covers(HostAndPort target) {
    return (port.isEmpty() || port.getAsInt() == target.port())
        && hosts.test(withoutLastDot(target.host().toLowerCase(Locale.ROOT)));
  }

  private static NoProxyEntry read(String text, String entry) {
    if (entry.equals(EVERYTHING)) {
      return new NoProxyEntry(text, host -> true, OptionalInt.empty());
    }
    if (entry.indexOf('/') >= 0) {
      return new NoProxyEntry(text, network(entry), OptionalInt.empty());
    }
    Optional<IpAddress> bare = IpAddress.parse(entry);
    if (bare.isPresent()) {
      return new NoProxyEntry(text, address(bare.get()), OptionalInt.empty());
    }
    String domain = entry.startsWith("*.") ? entry.substring(2) : entry;
    Authority authority = Authority.parse(domain.startsWith(".") ? domain.substring(1) : domain);
    String host = authority.host();
    return new NoProxyEntry(
        text,
        IpAddress.parse(host).map(NoProxyEntry::address).orElse(name(withoutLastDot(host))),
        authority.port());
  }

  /** A name and what is below it. An address has nothing below it and is below no name. */
  private static Predicate<String> name(String name) {
    return host -> host.equals(name) || (host.endsWith("." + name) && !isAddress(host));
  }

  private static Predicate<String> address(IpAddress address) {
    return within(address, address.bits());
  }

  private static Predicate<String> network(String entry) {
    int slash = entry.indexOf('/');
    String prefix = entry.substring(slash + 1);
    IpAddress address =
        IpAddress.parse(withoutBrackets(entry.substring(0, slash)))
            .orElseThrow(() -> new IllegalArgumentException("not an address"));
    if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > address.bits()) {
      throw new IllegalArgumentException("not the length of a prefix");
    }
    return within(address, Integer.parseInt(prefix));
  }

  private static Predicate<String> within(IpAddress network, int prefix) {
    return host -> IpAddress.parse(host).filter(ip -> ip.isIn(network, prefix)).isPresent();
  }

  private static boolean isAddress(String host) {
    return IpAddress.parse(host).isPresent();
  }

  private static String withoutBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
