package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.webproxy.WebProxySelection.Exemption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The hosts that are to be reached without a web proxy, as people list them in {@code no_proxy},
 * parted by commas or blanks:
 *
 * <ul>
 *   <li>{@code *}: every host
 *   <li>{@code example.com}, {@code .example.com}, {@code *.example.com}: that host and all below
 *   <li>{@code 10.0.0.1}, {@code 2001:db8::1}, {@code [2001:db8::1]}: that address
 *   <li>{@code 10.0.0.0/8}, {@code 2001:db8::/32}: the addresses of that network
 *   <li>{@code example.com:8443}, {@code [::1]:8443}: any of these but a network, at that port
 * </ul>
 *
 * <p>Addresses and networks are compared with literal addresses only, as no name is resolved for
 * this. Nothing is exempt that is not listed, not even localhost.
 */
public final class NoProxy {

  /** The environment variables that hold such a list, the strongest first. */
  public static final List<String> VARIABLES = List.of("no_proxy", "NO_PROXY");

  private static final int LONGEST_SHOWN = 100;

  private final String origin;
  private final List<NoProxyEntry> entries = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  private NoProxy(String origin) {
    this.origin = origin;
  }

  /** The list of the first variable that is set; an empty one where none is. */
  static NoProxy of(Function<String, Optional<String>> environment) {
    return WebProxySelection.first(VARIABLES, environment)
        .map(said -> parse(said.value(), said.origin()))
        .orElseGet(() -> new NoProxy(""));
  }

  /**
   * Reads a list. What cannot be read is passed over: other programs know other forms.
   *
   * @param origin where it came from, such as {@code no_proxy}
   */
  public static NoProxy parse(String list, String origin) {
    NoProxy read = new NoProxy(origin);
    for (String text : list.split("[\\s,]+", -1)) {
      if (!text.isEmpty()) {
        NoProxyEntry.parse(text)
            .ifPresentOrElse(read.entries::add, () -> read.unreadable.add(text));
      }
    }
    return read;
  }

  /** The first entry that covers {@code target}. */
  public Optional<Exemption> exemptionOf(HostAndPort target) {
    return entries.stream()
        .filter(entry -> entry.covers(target))
        .map(entry -> new Exemption(entry.text(), origin))
        .findFirst();
  }

  /** The entries that were passed over, each in a sentence. */
  public List<String> unreadable() {
    return unreadable.stream()
        .map(
            text ->
                "%s: '%s' is passed over; a host, .domain, address, network as 10.0.0.0/8, or * is expected"
                    .formatted(origin, Printable.of(text, LONGEST_SHOWN)))
        .toList();
  }
}
