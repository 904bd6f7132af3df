package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** So much is read for the sake of another request on the same connection. */
  static final int MAX_DRAINED = 64 * 1024;

  private static final int ASKING_FOR_CREDENTIALS = 407;
  private static final int QUOTED = 60;

  /** What is not HTTP is read up to here, so that a secret in it is seen whole. */
  private static final int MAX_NOT_HTTP = 1024;

  private static final byte DELETE = 0x7f;
  private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  /** What these hold is hashed and sent back, and must not change where a password is in it. */
  private static final Set<String> CALCULATED_WITH =
      Set.of("proxy-authenticate", "proxy-authentication-info");

  /** The reason phrase, as it came. */
  private static final Pattern STATUS_LINE = Pattern.compile("\\S+ +\\d+ ?([^\n]*?)\r?\n");

  private final IntPredicate endsHttp;
  private final Secrets secrets;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private Parsed parsed = new Parsed();
  private HttpParser parser = parsed.newParser();
  private int headBytes;
  private int bodyBytes;
  private int inLine;
  private boolean mismatch;
  private boolean inBody;
  private boolean complete;
  private boolean endedWell;

  /**
   * @param endsHttp the statuses behind whose head another protocol begins: such an answer has no
   *     body, whatever its header says
   * @param secrets are masked wherever the answer repeats them
   */
  HttpAnswerReader(IntPredicate endsHttp, Secrets secrets) {
    this.endsHttp = endsHttp;
    this.secrets = secrets;
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
      complete |= bodyBytes >= (asksForCredentials() ? MAX_DRAINED : MAX_BODY);
    }
    endedWell &= !received.hasRemaining(); // nobody asked for more than this answer
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
        BodyText.of(headers, body.toByteArray(), secrets),
        endedWell && Persistence.of(parsed.version, headers));
  }

  private boolean asksForCredentials() {
    return parsed.status == ASKING_FOR_CREDENTIALS;
  }

  /** Nobody waits for the end of what is not read, where no other request can follow. */
  private boolean isEnough() {
    return asksForCredentials()
        && (parser.isState(HttpParser.State.EOF_CONTENT)
            || !Persistence.of(parsed.version, parsed.headers));
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
      if (mismatch && (b == '\n' || head.size() == MAX_NOT_HTTP || isBinary(b))) {
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
    byte[] raw = head.toByteArray();
    ByteBuffer clean = ByteBuffer.wrap(withoutControls(raw));
    for (int end = 1; end <= raw.length; end++) {
      // Byte by byte: what it finds by looking ahead, Jetty's parser spells its own way.
      parser.parseNext(clean.limit(end));
    }
    if (parsed.status < 100) {
      throw notHttp();
    }
    Matcher line = STATUS_LINE.matcher(new String(raw, StandardCharsets.ISO_8859_1));
    parsed.reason = line.lookingAt() ? secrets.maskedIn(line.group(1)) : "";
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
      complete |= isEnough();
    }
  }

  /** Jetty takes no control character, and without a status line there would be no status. */
  private static byte[] withoutControls(byte[] raw) {
    byte[] clean = raw.clone();
    for (int i = 0; i < clean.length; i++) {
      boolean endOfLine = raw[i] == '\n' || (raw[i] == '\r' && raw[i + 1] == '\n');
      if (!endOfLine && raw[i] != '\t' && (raw[i] == DELETE || (raw[i] >= 0 && raw[i] < ' '))) {
        clean[i] = '?';
      }
    }
    return clean;
  }

  private static boolean isBinary(byte b) {
    return b < ' ' && b != '\r' && b != '\t';
  }

  private BadAnswerException notHttp() {
    byte[] first = head.toByteArray();
    boolean tls = first[0] == 0x15 || first[0] == 0x16; // a record: alert or handshake
    String text = secrets.maskedIn(new String(first, StandardCharsets.ISO_8859_1)).stripTrailing();
    return new BadAnswerException(
        "is not HTTP: it begins with \"" + Printable.of(text, QUOTED) + "\"", tls);
  }

  /** What Jetty's parser has found. */
  private final class Parsed implements HttpParser.ResponseHandler {
    private String version = "";
    private int status;
    private String reason = "";
    private final HttpFields.Mutable headers = HttpFields.build();

    /** Old and sloppy forms pass, and names stay as they are: what matters is what is meant. */
    HttpParser newParser() {
      return new HttpParser(this, HttpCompliance.LEGACY);
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
      this.version = version.asString();
      this.status = status;
    }

    @Override
    public void parsedHeader(HttpField field) {
      String value = field.getValue();
      boolean asItCame = value == null || CALCULATED_WITH.contains(field.getLowerCaseName());
      headers.add(
          new HttpField(
              field.getHeader(), field.getName(), asItCame ? value : secrets.maskedIn(value)));
    }

    @Override
    public boolean headerComplete() {
      return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
      bodyBytes += item.remaining();
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
      endedWell = true;
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
