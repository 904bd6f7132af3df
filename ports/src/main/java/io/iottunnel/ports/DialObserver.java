package io.iottunnel.ports;

/**
 * Is told of each hop on the way to the service, as it happens, on the dialer's threads. Must
 * neither block nor throw. Every method does nothing unless overridden.
 */
public interface DialObserver {

  /** Watches nothing. */
  DialObserver NONE = new DialObserver() {};

  /**
   * The name of the web proxy (or of the service, where dialed directly) was resolved, and this
   * address of it is tried.
   *
   * @param ip an IP literal
   */
  default void resolved(String ip) {}

  /** TCP to the address last resolved is up. */
  default void connected() {}

  /**
   * TLS to the web proxy is up. Only for web proxies that are spoken to by https.
   *
   * @param peer who answered, as the web proxy
   */
  default void webProxySecured(TlsPeer peer) {}

  /**
   * The CONNECT request has been sent to the web proxy; again for each further attempt to
   * authenticate.
   */
  default void connectSent() {}

  /**
   * The web proxy's final answer to a CONNECT request, also when it asks for (other) credentials.
   */
  default void connectAnswered(ConnectAnswer answer) {}
}
