/** The CONNECT dialog with web proxies, made of the parts of Apache HttpClient and HttpCore. */
module io.iottunnel.adapters.httpclient {
  requires transitive io.iottunnel.ports;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires static org.jspecify;

  exports io.iottunnel.adapters.httpclient;
}
