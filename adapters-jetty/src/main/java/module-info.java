/** The WebSocket to the service and the CONNECT dialog with web proxies, made of Jetty's parts. */
module io.iottunnel.adapters.jetty {
  requires transitive io.iottunnel.ports;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.util;
  requires org.eclipse.jetty.websocket.core.common;
  requires static org.jspecify;

  exports io.iottunnel.adapters.jetty;
}
