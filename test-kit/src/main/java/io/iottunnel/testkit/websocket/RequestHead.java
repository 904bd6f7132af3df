package io.iottunnel.testkit.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The head of an HTTP request as it came.
 *
 * @param method such as {@code GET}
 * @param target such as {@code /tunnel?local-proxy-mode=source}
 * @param version such as {@code HTTP/1.1}
 * @param fields every header field, in order, repeated where it was repeated
 * @param size in bytes, with the blank line
 */
public record RequestHead(
    String method, String target, String version, List<Field> fields, int size) {

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  public RequestHead {
    fields = List.copyOf(fields);
  }

  /** One header field; the value without the blanks around it. */
  public record Field(String name, String value) {

    /** The name alone: some values are secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Parses the bytes of a head, up to and with its blank line. */
  public static RequestHead parse(byte[] head) throws IOException {
    List<String> lines =
        new String(head, StandardCharsets.ISO_8859_1).lines().filter(l -> !l.isEmpty()).toList();
    List<String> start = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(" ", -1));
    if (start.size() != 3) {
      throw new IOException("not an HTTP request line");
    }
    List<Field> fields = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("not an HTTP header field");
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new RequestHead(start.get(0), start.get(1), start.get(2), fields, head.length);
  }

  /** The values of all fields of this name, in order; names have no case. */
  public List<String> values(String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  /** The value of the first field of this name. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** What {@code Sec-WebSocket-Accept} must answer (RFC 6455 section 4.2.2). */
  public String accept() {
    try {
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (value("Sec-WebSocket-Key").orElse("") + ACCEPT_SUFFIX)
                      .getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(sha1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
