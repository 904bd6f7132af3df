package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/**
 * Reads one final answer, in any split of its bytes, with Jetty's {@link HttpParser}. Interim
 * answers (1xx) are skipped.
 *
 * <p>The end of a head is found here, and Jetty's parser is given whole heads only. Left alone with
 * the stream it would swallow a CR or LF of what follows an answer, throw away what it holds when
 * it meets an error, and refuse a {@code Content-Length} that must be ignored (RFC 9110 section
 * 9.3.6).
 */
final class HttpAnswerReader {

  /** For all heads of one answer together, interim ones too. */
  static final int MAX_HEAD = 64 * 1024;

  /** Of the body, enough is kept for a message. */
  static final int MAX_BODY = 8 * 1024;

  private static final int QUOTED = 60;
  private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private final IntPredicate endsHttp;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private Parsed parsed = new Parsed();
  private HttpParser parser = parsed.newParser();
  private int headBytes;
  private int inLine;
  private boolean mismatch;
  private boolean inBody;
  private boolean complete;

  /**
   * @param endsHttp the statuses behind whose head another protocol begins: such an answer has no
   *     body, whatever its header says
   */
  HttpAnswerReader(IntPredicate endsHttp) {
    this.endsHttp = endsHttp;
  }

  /**
   * Takes bytes. What is behind an answer that ends HTTP is left in {@code received}.
   *
   * @return whether the answer is complete now, or as much of it as is wanted
   */
  boolean read(ByteBuffer received) throws BadAnswerException {
    while (!complete && !inBody && received.hasRemaining()) {
      if (takeHead(received)) {
        parseHead();
      }
    }
    while (!complete && inBody && received.hasRemaining()) {
      parser.parseNext(received);
      complete |= body.size() >= MAX_BODY;
    }
    return complete;
  }

  /**
   * Takes the news that no more bytes come.
   *
   * @return whether the answer is complete by that; a body that was cut short still is
   */
  boolean end() throws BadAnswerException {
    complete |= inBody;
    if (!complete && mismatch) {
      throw notHttp();
    }
    return complete;
  }

  /** Whether not one byte has come. */
  boolean isUntouched() {
    return headBytes == 0;
  }

  /** The answer, once it is complete. */
  HttpAnswer answer() {
    HttpFields headers = parsed.headers.asImmutable();
    return new HttpAnswer(
        parsed.version,
        parsed.status,
        parsed.reason,
        headers,
        BodyText.of(headers, body.toByteArray()));
  }

  /** Moves bytes up to and with the blank line; returns whether it has come. */
  private boolean takeHead(ByteBuffer received) throws BadAnswerException {
    while (received.hasRemaining()) {
      byte b = received.get();
      if (++headBytes > MAX_HEAD) {
        throw new BadAnswerException(
            "has more than " + MAX_HEAD / 1024 + " KiB of header fields", false);
      }
      if (head.size() < BEGINNING.length) {
        mismatch |= b != BEGINNING[head.size()];
      }
      head.write(b);
      if (mismatch && (b == '\n' || head.size() == QUOTED || isBinary(b))) {
        throw notHttp();
      }
      if (b == '\n') {
        if (inLine == 0) {
          return true;
        }
        inLine = 0;
      } else if (b != '\r') {
        inLine++;
      }
    }
    return false;
  }

  private void parseHead() throws BadAnswerException {
    parser.parseNext(ByteBuffer.wrap(head.toByteArray()));
    if (parsed.status < 100) {
      throw notHttp();
    }
    if (endsHttp.test(parsed.status)) {
      complete = true;
    } else if (parsed.status < 200) {
      head.reset();
      parsed = new Parsed();
      parser = parsed.newParser();
    } else {
      inBody = true;
      // Even a body of no bytes is ended by a call, and a head that Jetty refused has none at all.
      parser.parseNext(ByteBuffer.allocate(0));
    }
  }

  private static boolean isBinary(byte b) {
    return b < ' ' && b != '\r' && b != '\t';
  }

  private BadAnswerException notHttp() {
    byte[] first = head.toByteArray();
    boolean tls = first[0] == 0x15 || first[0] == 0x16; // a record: alert or handshake
    String text = new String(first, StandardCharsets.ISO_8859_1).stripTrailing();
    return new BadAnswerException(
        "is not HTTP: it begins with \"" + Printable.of(text, QUOTED) + "\"", tls);
  }

  /** What Jetty's parser has found. */
  private final class Parsed implements HttpParser.ResponseHandler {
    private String version = "";
    private int status;
    private String reason = "";
    private final HttpFields.Mutable headers = HttpFields.build();

    /** Old and sloppy forms pass: what matters here is what a web proxy means. */
    HttpParser newParser() {
      return new HttpParser(this, HttpCompliance.RFC2616_LEGACY);
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
      this.version = version.asString();
      this.status = status;
      this.reason = reason == null ? "" : reason;
    }

    @Override
    public void parsedHeader(HttpField field) {
      headers.add(field);
    }

    @Override
    public boolean headerComplete() {
      return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
      byte[] bytes = new byte[Math.min(item.remaining(), MAX_BODY - body.size())];
      item.get(bytes);
      body.writeBytes(bytes);
      return false;
    }

    @Override
    public boolean contentComplete() {
      return false;
    }

    @Override
    public boolean messageComplete() {
      complete = true;
      return true;
    }

    @Override
    public void earlyEOF() {
      complete = true;
    }

    @Override
    public void badMessage(HttpException failure) {
      complete = true; // the status line stands; whatever else is wrong, there is no more to learn
    }
  }
}
