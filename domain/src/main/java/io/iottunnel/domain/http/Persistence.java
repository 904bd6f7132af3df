package io.iottunnel.domain.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a connection outlives an answer (RFC 9112 section 9.3). */
public final class Persistence {

  private Persistence() {}

  /**
   * Whether the other side keeps the connection open behind an answer of this version with these
   * header fields. {@code Proxy-Connection} is no standard, but what old web proxies say it by.
   */
  public static boolean of(String version, List<HttpField> fields) {
    Set<String> options =
        Stream.of("Connection", "Proxy-Connection")
            .flatMap(name -> HttpField.elements(fields, name))
            .collect(Collectors.toSet());
    return !options.contains("close")
        && (!version.equals("HTTP/1.0") || options.contains("keep-alive"));
  }
}
