package io.iottunnel.cli.settings;

/** A library that speaks with web proxies. */
public enum ConnectLibrary {
  JETTY,
  HTTPCLIENT
}
