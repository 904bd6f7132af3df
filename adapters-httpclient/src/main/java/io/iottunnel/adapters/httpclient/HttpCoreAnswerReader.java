package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HeadWatch;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.HttpField;
import io.iottunnel.domain.http.Persistence;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.ports.dialog.AnswerReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.nio.NHttpMessageParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads one final answer to CONNECT, in any split of its bytes, with HttpCore's {@link
 * DefaultHttpResponseParser}. Interim answers (1xx) are skipped.
 */
final class HttpCoreAnswerReader implements AnswerReader {

  /** Of lines and their number: {@link HeadWatch} has one limit for all. */
  private static final Http1Config WITHOUT_LIMITS =
      Http1Config.custom().setMaxLineLength(0).setMaxHeaderCount(0).build();

  private final Secrets secrets;
  private final HeadWatch watch;
  private final ReceivedBytes heads;
  private final NHttpMessageParser<HttpResponse> parser =
      new DefaultHttpResponseParser<>(
          WITHOUT_LIMITS, new SloppyLineParser(), DefaultHttpResponseFactory.INSTANCE);
  private @Nullable HttpResponse head;
  private @Nullable AnswerBody body;
  private boolean endedWell;

  /**
   * @param secrets are masked wherever the answer repeats them
   */
  HttpCoreAnswerReader(Secrets secrets) {
    this.secrets = secrets;
    this.watch = new HeadWatch(secrets);
    this.heads = new ReceivedBytes(watch::pass);
  }

  @Override
  public boolean read(ByteBuffer received) throws BadAnswerException {
    while (body == null && received.hasRemaining()) {
      readHead(received);
    }
    if (body == null) {
      return false;
    }
    boolean complete = body.read(received);
    endedWell = !received.hasRemaining(); // nobody asked for more than this answer
    return complete;
  }

  @Override
  public boolean end() throws BadAnswerException {
    if (body == null) {
      watch.end();
    }
    return body != null;
  }

  @Override
  public boolean isUntouched() {
    return watch.isUntouched();
  }

  @Override
  public HttpAnswer answer() {
    HttpResponse read = Objects.requireNonNull(head, "the answer is not complete");
    AnswerBody with = Objects.requireNonNull(body, "the answer is not complete");
    return HttpAnswer.received(
        read.getVersion().format(),
        read.getCode(),
        Objects.requireNonNullElse(read.getReasonPhrase(), ""),
        fields(read),
        with.beginning(),
        with.isWhole() && endedWell,
        secrets);
  }

  private void readHead(ByteBuffer received) throws BadAnswerException {
    heads.take(received);
    try {
      head = parser.parse(heads, false);
    } catch (BadAnswerException e) {
      throw e;
    } catch (IOException | HttpException e) {
      throw watch.notHttp(); // nothing but its first line can be that wrong
    } finally {
      heads.letGo();
    }
    HttpResponse read = head;
    if (read == null) {
      return;
    }
    if (read.getCode() < 200) {
      parser.reset();
      watch.nextHead();
    } else {
      body = bodyOf(read);
    }
  }

  /** Nobody waits for the end of what is not read, where no other request can follow. */
  private AnswerBody bodyOf(HttpResponse read) {
    if (read.getCode() != HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      return AnswerBody.forMessage(read);
    }
    return Persistence.of(read.getVersion().format(), fields(read))
        ? AnswerBody.toItsEnd(read)
        : AnswerBody.unread();
  }

  private List<HttpField> fields(HttpResponse read) {
    return Stream.of(read.getHeaders())
        .map(
            field ->
                HttpField.received(
                    field.getName(), Objects.requireNonNullElse(field.getValue(), ""), secrets))
        .toList();
  }
}
