package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ConnectAnswer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The body of an answer, as far as anybody wants it. */
final class SmallBody {

  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_DRAINED = 64 * 1024;

  private final InputStream in;
  private final int most;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private SmallBody(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /** Reads the body, and says whether another answer may follow on the connection. */
  static boolean isKept(ConnectAnswer answer, InputStream in) throws IOException {
    String options =
        (field(answer, "Connection").orElse("") + field(answer, "Proxy-Connection").orElse(""))
            .toLowerCase(Locale.ROOT);
    boolean chunked = field(answer, "Transfer-Encoding").isPresent();
    if (options.contains("close")
        || (answer.version().equals("HTTP/1.0") && !options.contains("keep-alive"))
        || (!chunked && length(answer) > LONGEST_DRAINED)) {
      return false;
    }
    new SmallBody(in, LONGEST_DRAINED).read(answer);
    return true;
  }

  /** What of the body has come and fits into a message. */
  static String text(ConnectAnswer answer, InputStream in) {
    SmallBody body = new SmallBody(in, LONGEST_TEXT);
    try {
      body.read(answer);
    } catch (IOException nothingMore) {
      // What came until then is what there is to tell.
    }
    return body.text.toString(StandardCharsets.ISO_8859_1);
  }

  private void read(ConnectAnswer answer) throws IOException {
    if (field(answer, "Transfer-Encoding").isEmpty()) {
      take(length(answer));
      return;
    }
    int length;
    do {
      String size = "";
      for (int next = in.read(); next != '\n'; next = in.read()) {
        size += (char) next;
      }
      length = Integer.parseInt(size.strip(), 16);
      take(length);
      in.skipNBytes(2);
    } while (length > 0 && text.size() < most);
  }

  private void take(int length) throws IOException {
    for (int i = 0; i < length && text.size() < most; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      text.write(next);
    }
  }

  private static int length(ConnectAnswer answer) {
    return field(answer, "Content-Length").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
  }

  private static Optional<String> field(ConnectAnswer answer, String name) {
    return SmallConnectRequest.values(answer, name);
  }
}
