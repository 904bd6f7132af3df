package io.iottunnel.cli.doctor;

/** The hops of a way to the service, in their order. */
public enum Hop {
  /** Which web proxy is used, if any, and why. */
  ENVIRONMENT("environment", "environment"),
  /** The name of the web proxy or, without one, of the service. */
  DNS("dns", "DNS"),
  /** TCP to the web proxy or, without one, to the service. */
  TCP("tcp", "TCP"),
  /** TLS to an https web proxy. */
  WEB_PROXY_TLS("web-proxy-tls", "TLS to proxy"),
  /** What the web proxy says to CONNECT. */
  CONNECT("connect", "CONNECT"),
  /** TLS to the service, through whatever is before it. */
  SERVICE_TLS("service-tls", "TLS to service"),
  /** The upgrade to a WebSocket, which spends the access token. */
  UPGRADE("upgrade", "upgrade");

  private final String id;
  private final String title;

  Hop(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Its name for machines. */
  String id() {
    return id;
  }

  /** Its name for people. */
  String title() {
    return title;
  }
}
