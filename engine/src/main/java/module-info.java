/** Runs the domain over the ports. */
module io.iottunnel.engine {
  requires transitive io.iottunnel.ports;
  requires com.google.protobuf;
  requires static org.jspecify;

  exports io.iottunnel.engine;
}
