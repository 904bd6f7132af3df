package io.iottunnel.ports;

import io.iottunnel.domain.HostAndPort;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How this product is a TLS client, on every hop: TLS 1.2 or later, with suites that keep their
 * secrets even when a server's key is lost later (RFC 9325 section 4.2), the name sent (RFC 6066
 * section 3) and checked (RFC 9110 section 4.3.4).
 */
public final class TlsClient {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * Authenticated encryption behind an ephemeral key: all suites of TLS 1.3, and of TLS 1.2 those
   * with ECDHE. Not the ones with CBC, nor RSA or static keys, nor DHE, whose groups the server
   * chooses alone.
   */
  private static final Pattern STRONG_SUITE =
      Pattern.compile(
          "TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA\\d+");

  private TlsClient() {}

  /**
   * An engine to speak with {@code peer}, not begun.
   *
   * @param context whom it trusts and what it shows of itself
   * @param checkHostName whether the context's trust manager is asked to check the name in the
   *     certificate, too
   */
  public static SSLEngine engine(SSLContext context, HostAndPort peer, boolean checkHostName) {
    SSLEngine engine = context.createSSLEngine(peer.host(), peer.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(strong(parameters.getCipherSuites()));
    parameters.setServerNames(serverNames(peer));
    if (checkHostName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Of what the JDK and its administrator allow, in their order. */
  private static String[] strong(String[] suites) {
    return Stream.of(suites)
        .filter(suite -> STRONG_SUITE.matcher(suite).matches())
        .toArray(String[]::new);
  }

  /**
   * The name for SNI, also for a name without a dot, for which JSSE would send none by itself; none
   * for an address.
   */
  private static List<SNIServerName> serverNames(HostAndPort peer) {
    if (peer.isIpLiteral()) {
      return List.of();
    }
    String name = peer.host().endsWith(".") ? withoutLastDot(peer.host()) : peer.host();
    try {
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException e) {
      return List.of(); // not a host name to JSSE, which has no way to send it (my_proxy)
    }
  }

  private static String withoutLastDot(String name) {
    return name.substring(0, name.length() - 1);
  }
}
