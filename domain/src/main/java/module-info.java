/** The pure core of the local proxy. Requires java.base alone. */
module io.iottunnel.domain {
  exports io.iottunnel.domain;
  exports io.iottunnel.domain.http;
  exports io.iottunnel.domain.tunnel;
  exports io.iottunnel.domain.webproxy;
}
