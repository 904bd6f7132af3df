/** What the engine needs of the world, as interfaces. An adapter implements one of them. */
module io.iottunnel.ports {
  requires transitive io.iottunnel.domain;

  exports io.iottunnel.ports;
  exports io.iottunnel.ports.dialog;
}
