package io.iottunnel.ports;

/**
 * Makes the tokens by which the scheme Negotiate authenticates (RFC 4559): SPNEGO (RFC 4178) for
 * the service {@code HTTP@host}, in practice by Kerberos. Who we are comes from the surroundings,
 * such as a cache of tickets or a keytab, never from the user's answer to a question: nothing here
 * may prompt.
 *
 * <p>Thread-safe. <em>Everything here may block</em> for as long as a KDC takes to answer: not to
 * be called on a thread that others wait for ({@link ConnectDialog.Step.Blocking}).
 */
public interface NegotiateTokens {

  /** For programs without any: each exchange fails, saying so. */
  NegotiateTokens NONE =
      host -> {
        throw new NegotiateException(
            "this program was set up without Kerberos: use another scheme, or give it a source of"
                + " tokens");
      };

  /**
   * Begins to authenticate with a web proxy.
   *
   * @param host the web proxy's host name as it was configured, without its port
   * @throws NegotiateException if there is nothing to authenticate with, or not with this host
   */
  Exchange begin(String host) throws NegotiateException;

  /**
   * The tokens of one attempt, which belong to one connection. Used by one thread at a time, not
   * necessarily always the same.
   */
  interface Exchange extends AutoCloseable {

    /**
     * The next token to send.
     *
     * @param received what the web proxy sent behind {@code Negotiate}, decoded; empty at first
     * @return never empty: an exchange that has nothing more to send, and yet is asked for more,
     *     has failed
     * @throws NegotiateException if the token cannot be made, or what was received is not right
     */
    byte[] next(byte[] received) throws NegotiateException;

    /** Forgets the keys of this exchange. Does not block, nor throw; may be called twice. */
    @Override
    void close();
  }
}
