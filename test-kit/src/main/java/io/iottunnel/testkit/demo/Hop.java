package io.iottunnel.testkit.demo;

import java.util.Arrays;
import java.util.Optional;

/** What a local proxy's log tells of its way to the service, and what that means. */
enum Hop {
  FOUND("Found Web proxy information", "took the web proxy's address from HTTPS_PROXY"),
  CONNECTED("Connected successfully with Web Proxy", "TCP to the web proxy is up"),
  ASKED("Successfully sent HTTP CONNECT", "asked it for a way to the service: CONNECT, Basic"),
  TUNNELED("TCP tunnel established", "the web proxy let us through"),
  SECURED("Successfully completed SSL handshake with proxy", "TLS with the service, end to end"),
  UPGRADED("Successfully established websocket", "the WebSocket is up"),
  LISTENING("Listening for new connection on port ", "clients may come");

  private final String logged;
  private final String meaning;

  Hop(String logged, String meaning) {
    this.logged = logged;
    this.meaning = meaning;
  }

  /** Which hop a log entry tells of, if any. */
  static Optional<Hop> of(LogLine line) {
    return Arrays.stream(values()).filter(hop -> line.text().startsWith(hop.logged)).findFirst();
  }

  /** How the log entry begins. */
  String logged() {
    return logged;
  }

  String meaning() {
    return meaning;
  }
}
