/** Sockets of the JDK alone, all on one selector thread. */
module io.iottunnel.adapters.nio {
  requires transitive io.iottunnel.ports;
  requires static org.jspecify;

  exports io.iottunnel.adapters.nio;
}
