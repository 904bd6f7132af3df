package io.iottunnel.domain;

/** Which end of the tunnel this local proxy is. */
public enum Mode {
  /** Listens for TCP clients and starts streams. */
  SOURCE("source"),
  /** Waits for streams and connects each one to an application. */
  DESTINATION("destination");

  private final String wireName;

  Mode(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in the tunnel URL's {@code local-proxy-mode} and in messages to people. */
  public String wireName() {
    return wireName;
  }
}
