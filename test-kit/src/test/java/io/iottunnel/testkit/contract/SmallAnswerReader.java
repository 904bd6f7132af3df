package io.iottunnel.testkit.contract;

import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.BodyText;
import io.iottunnel.domain.http.HeadWatch;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.HttpField;
import io.iottunnel.domain.http.Persistence;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.ports.dialog.AnswerReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The smallest reader of answers: it keeps all that came, and looks at it again and again. */
final class SmallAnswerReader implements AnswerReader {

  private final Secrets secrets;
  private final HeadWatch watch;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private String[] status = {};
  private List<HttpField> fields = List.of();
  private boolean inBody;
  private boolean endedWell;

  SmallAnswerReader(Secrets secrets) {
    this.secrets = secrets;
    this.watch = new HeadWatch(secrets);
  }

  @Override
  public boolean read(ByteBuffer received) throws BadAnswerException {
    while (!inBody && received.hasRemaining()) {
      takeHeadByte(received.get());
    }
    while (inBody && bodyEnds().isEmpty() && received.hasRemaining()) {
      takeBody(received);
    }
    Optional<Boolean> ended = inBody ? bodyEnds() : Optional.empty();
    endedWell = ended.orElse(false) && !received.hasRemaining();
    return ended.isPresent();
  }

  private void takeHeadByte(byte b) throws BadAnswerException {
    watch.pass(b);
    head.append((char) (b & 0xff));
    if (head.length() > 2 && b == '\n' && lineIsEmpty()) {
      parseHead();
      inBody = status() >= 200;
      if (!inBody) {
        head.setLength(0);
        watch.nextHead();
      }
    }
  }

  private void parseHead() throws BadAnswerException {
    List<String> lines = head.toString().stripTrailing().lines().toList();
    status = lines.get(0).split(" ", 3);
    if (!lines.get(0).matches("HTTP/1\\.\\d [1-9]\\d\\d(?: .*)?")) {
      throw watch.notHttp();
    }
    fields =
        lines.stream()
            .skip(1)
            .map(line -> line.split(": *", 2))
            .map(part -> HttpField.received(part[0], part.length < 2 ? "" : part[1], secrets))
            .toList();
  }

  private boolean lineIsEmpty() {
    char before = head.charAt(head.length() - 2);
    return before == '\n' || (before == '\r' && head.charAt(head.length() - 3) == '\n');
  }

  /** At once, as far as its end cannot be among it. */
  private void takeBody(ByteBuffer received) {
    String length = field("Content-Length");
    int atOnce =
        field("Transfer-Encoding").isEmpty() && length.length() < 9
            ? (length.isEmpty() ? limit() : Integer.parseInt(length)) - body.length()
            : 1;
    for (int i = 0; i < atOnce && received.hasRemaining(); i++) {
      body.append((char) (received.get() & 0xff));
    }
  }

  private int limit() {
    return status() == 407 ? HttpAnswer.MAX_DRAINED : BodyText.MAX_BYTES;
  }

  /** Whether the body ended well; empty while it has not ended. */
  private Optional<Boolean> bodyEnds() {
    boolean again = status() == 407;
    if (HttpAnswer.opensTunnel(status()) || status() == 304) {
      return Optional.of(true);
    }
    if (again && !Persistence.of(status[0], fields)) {
      return Optional.of(false);
    }
    if (body.length() >= limit()) {
      return Optional.of(false);
    }
    String length = field("Content-Length");
    if (field("Transfer-Encoding").equals("chunked")) {
      return SmallChunks.end(body.toString());
    }
    if (length.isEmpty()) {
      return again ? Optional.of(false) : Optional.empty();
    }
    if (!length.matches("\\d+")) {
      return Optional.of(false);
    }
    return body.length() == Long.parseLong(length) ? Optional.of(true) : Optional.empty();
  }

  @Override
  public boolean end() throws BadAnswerException {
    if (!inBody) {
      watch.end();
    }
    return inBody;
  }

  @Override
  public boolean isUntouched() {
    return watch.isUntouched();
  }

  @Override
  public HttpAnswer answer() {
    String text =
        field("Transfer-Encoding").equals("chunked")
            ? SmallChunks.text(body.toString())
            : body.toString();
    return HttpAnswer.received(
        status[0],
        status(),
        status.length < 3 ? "" : status[2],
        fields,
        text.getBytes(StandardCharsets.ISO_8859_1),
        endedWell,
        secrets);
  }

  private int status() {
    return Integer.parseInt(status[1]);
  }

  private String field(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value)
        .findFirst()
        .orElse("");
  }
}
