package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.BodyText;
import io.iottunnel.domain.http.HeadWatch;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.HttpField;
import io.iottunnel.domain.http.Persistence;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.ports.dialog.AnswerReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
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
final class HttpAnswerReader implements AnswerReader {

  private static final int ASKING_FOR_CREDENTIALS = 407;
  private static final byte DELETE = 0x7f;

  /** The reason phrase, as it came. */
  private static final Pattern STATUS_LINE = Pattern.compile("\\S+ +\\d+ ?([^\n]*?)\r?\n");

  private final IntPredicate endsHttp;
  private final Secrets secrets;
  private final HeadWatch watch;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private Parsed parsed = new Parsed();
  private HttpParser parser = parsed.newParser();
  private int bodyBytes;
  private int inLine;
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
    this.watch = new HeadWatch(secrets);
  }

  @Override
  public boolean read(ByteBuffer received) throws BadAnswerException {
    while (!complete && !inBody && received.hasRemaining()) {
      if (takeHead(received)) {
        parseHead();
      }
    }
    while (!complete && inBody && received.hasRemaining()) {
      parser.parseNext(received);
      complete |= bodyBytes >= (asksForCredentials() ? HttpAnswer.MAX_DRAINED : BodyText.MAX_BYTES);
    }
    endedWell &= !received.hasRemaining(); // nobody asked for more than this answer
    return complete;
  }

  @Override
  public boolean end() throws BadAnswerException {
    complete |= inBody;
    if (!complete) {
      watch.end();
    }
    return complete;
  }

  @Override
  public boolean isUntouched() {
    return watch.isUntouched();
  }

  @Override
  public HttpAnswer answer() {
    return HttpAnswer.received(
        parsed.version,
        parsed.status,
        parsed.reason,
        parsed.fields,
        body.toByteArray(),
        endedWell,
        secrets);
  }

  private boolean asksForCredentials() {
    return parsed.status == ASKING_FOR_CREDENTIALS;
  }

  /** Nobody waits for the end of what is not read, where no other request can follow. */
  private boolean isEnough() {
    return asksForCredentials()
        && (parser.isState(HttpParser.State.EOF_CONTENT)
            || !Persistence.of(parsed.version, parsed.fields));
  }

  /** Moves bytes up to and with the blank line; returns whether it has come. */
  private boolean takeHead(ByteBuffer received) throws BadAnswerException {
    while (received.hasRemaining()) {
      byte b = received.get();
      watch.pass(b);
      head.write(b);
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
      throw watch.notHttp();
    }
    Matcher line = STATUS_LINE.matcher(new String(raw, StandardCharsets.ISO_8859_1));
    parsed.reason = line.lookingAt() ? line.group(1) : "";
    if (endsHttp.test(parsed.status)) {
      complete = true;
    } else if (parsed.status < 200) {
      head.reset();
      watch.nextHead();
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

  /** What Jetty's parser has found. */
  private final class Parsed implements HttpParser.ResponseHandler {
    private String version = "";
    private int status;
    private String reason = "";
    private final List<HttpField> fields = new ArrayList<>();

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
    public void parsedHeader(org.eclipse.jetty.http.HttpField field) {
      String value = Objects.requireNonNullElse(field.getValue(), "");
      fields.add(HttpField.received(field.getName(), value, secrets));
    }

    @Override
    public boolean headerComplete() {
      return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
      bodyBytes += item.remaining();
      byte[] bytes = new byte[Math.min(item.remaining(), BodyText.MAX_BYTES - body.size())];
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
