package io.iottunnel.adapters.nio;

import java.time.Duration;

/**
 * How long each stage on the way to a peer may take.
 *
 * @param dns to resolve one name
 * @param connect to connect to one of its addresses by TCP; every address gets as much
 * @param tls for the TLS handshake with a web proxy
 * @param connectAnswer from a CONNECT request to the end of its answer
 * @param token to make one token for a web proxy, for which a KDC may have to be asked
 */
public record DialLimits(
    Duration dns, Duration connect, Duration tls, Duration connectAnswer, Duration token) {

  /** 10 s for DNS, each TCP connect and TLS; 30 s for an answer to CONNECT and for a token. */
  public static final DialLimits DEFAULT =
      new DialLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  /** A limit in words, as {@code 10 s} or {@code 250 ms}. */
  static String words(Duration limit) {
    return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
