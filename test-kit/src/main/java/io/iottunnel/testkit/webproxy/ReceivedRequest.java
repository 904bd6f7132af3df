package io.iottunnel.testkit.webproxy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A request as the web proxy received it.
 *
 * @param line the request line
 * @param headers the header lines, in their order, as {@code Name: value}
 */
public record ReceivedRequest(String line, List<String> headers) {

  public ReceivedRequest {
    headers = List.copyOf(headers);
  }

  /** The authority that CONNECT names: {@code host:port}; empty for another method. */
  public Optional<String> target() {
    String[] words = line.split(" ", -1);
    return words.length == 3 && words[0].equals("CONNECT")
        ? Optional.of(words[1])
        : Optional.empty();
  }

  /** The same where it has to be CONNECT. */
  String requireTarget() throws IOException {
    return target().orElseThrow(() -> new IOException("not CONNECT: " + line));
  }

  /** The values of every header field of that name. */
  public List<String> values(String name) {
    String prefix = name + ":";
    return headers.stream()
        .filter(header -> header.regionMatches(true, 0, prefix, 0, prefix.length()))
        .map(header -> header.substring(prefix.length()).strip())
        .toList();
  }
}
