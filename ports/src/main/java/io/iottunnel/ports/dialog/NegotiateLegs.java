package io.iottunnel.ports.dialog;

import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.util.Base64;
import java.util.Optional;

/**
 * One exchange of tokens by Negotiate (RFC 4559 section 4), which belongs to one connection and may
 * take several requests.
 */
final class NegotiateLegs implements AutoCloseable {

  /** The scheme's name. */
  static final String SCHEME = "Negotiate";

  /** More than any mechanism takes: a web proxy that wants more will never have enough. */
  private static final int MOST = 8;

  private final NegotiateTokens tokens;
  private final String host;
  private Optional<NegotiateTokens.Exchange> exchange = Optional.empty();
  private int legs;

  /**
   * @param host the web proxy's
   */
  NegotiateLegs(NegotiateTokens tokens, String host) {
    this.tokens = tokens;
    this.host = host;
  }

  /**
   * The credentials for the next request: the value of {@code Proxy-Authorization}. Blocks.
   *
   * @param received what the web proxy sent behind the scheme; empty at first
   */
  String next(String received) throws NegotiateException {
    if (++legs > MOST) {
      throw new NegotiateException("the web proxy wanted more than " + MOST + " tokens");
    }
    if (exchange.isEmpty()) {
      exchange = Optional.of(tokens.begin(host));
    }
    byte[] token = exchange.get().next(decoded(received));
    return SCHEME + " " + Base64.getEncoder().encodeToString(token);
  }

  private static byte[] decoded(String received) throws NegotiateException {
    try {
      return Base64.getDecoder().decode(received);
    } catch (IllegalArgumentException e) {
      throw new NegotiateException("the web proxy's token is not Base64", e);
    }
  }

  @Override
  public void close() {
    exchange.ifPresent(NegotiateTokens.Exchange::close);
  }
}
