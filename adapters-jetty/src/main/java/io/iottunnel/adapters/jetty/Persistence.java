package io.iottunnel.adapters.jetty;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Whether a connection outlives an answer (RFC 9112 section 9.3). */
final class Persistence {

  private Persistence() {}

  /** {@code Proxy-Connection} is no standard, but what old web proxies say it by. */
  static boolean of(String version, HttpFields headers) {
    Set<String> options =
        Stream.of(HttpHeader.CONNECTION, HttpHeader.PROXY_CONNECTION)
            .flatMap(name -> headers.getCSV(name, false).stream())
            .map(option -> option.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return !options.contains("close")
        && (!version.equals("HTTP/1.0") || options.contains("keep-alive"));
  }
}
