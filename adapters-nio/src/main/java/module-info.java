/**
 * Sockets of the JDK alone, all on one selector thread. Whoever wants Kerberos of it resolves the
 * modules {@code java.security.jgss} and {@code jdk.security.auth} as well.
 */
module io.iottunnel.adapters.nio {
  requires transitive io.iottunnel.ports;
  requires static java.security.jgss;
  requires static org.jspecify;

  exports io.iottunnel.adapters.nio;
  exports io.iottunnel.adapters.nio.kerberos;
}
