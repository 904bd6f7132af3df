package io.iottunnel.testkit.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to an upgrade that is no 101. */
record Refusal(int status, Map<String, String> headers, String body) {

  /** No answer at all. */
  static final Refusal SILENCE = new Refusal(0, Map.of(), "");

  /** What the service says once the tunnel is over. */
  static final Refusal TUNNEL_CLOSED =
      new Refusal(400, Map.of("X-Status-Reason", "Tunnel is closed"), "Tunnel is closed");

  Refusal {
    headers = Map.copyOf(headers);
  }

  /** What the service says to a request that it does not like. */
  static Refusal of(String body) {
    return new Refusal(400, Map.of(), body);
  }

  boolean isSilence() {
    return status == 0;
  }

  /** The whole answer. */
  String answer(String channelId) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Refused\r\n");
    text.append("channel-id: ").append(channelId).append("\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append("Content-Type: text/plain\r\nConnection: close\r\nContent-Length: ")
        .append(body.getBytes(StandardCharsets.ISO_8859_1).length)
        .append("\r\n\r\n")
        .append(body);
    return text.toString();
  }
}
