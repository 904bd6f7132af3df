package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.dialog.ConnectCourse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * CONNECT (RFC 9110 section 9.3.6) on HttpCore's formatter, parser and decoders, with HttpClient's
 * Basic and Digest. Negotiate goes by the tokens that are handed in: HttpClient's own would block.
 */
public final class HttpClientConnectDialog implements ConnectDialog {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ConnectRequest request;
  private final ConnectCourse course;
  private AnswerReader reader = new AnswerReader(Secrets.of(List.of()));

  /**
   * Makes dialogs that share a {@code User-Agent} and what is learned of each web proxy's ways to
   * authenticate, for as long as this lives.
   */
  public static final class Factory implements ConnectDialog.Factory {
    private final String userAgent;
    private final ConnectCourse.Factory courses;

    /**
     * @param userAgent the value of {@code User-Agent}, such as {@code localproxy/1.0}
     * @param tokens what to authenticate with where a web proxy offers Negotiate
     */
    public Factory(String userAgent, NegotiateTokens tokens) {
      this.userAgent = userAgent;
      this.courses = new ConnectCourse.Factory(new HttpClientSchemes(), tokens);
    }

    @Override
    public ConnectDialog begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer) {
      return new HttpClientConnectDialog(courses, proxy, service, userAgent, onAnswer);
    }
  }

  private HttpClientConnectDialog(
      ConnectCourse.Factory courses,
      WebProxy proxy,
      HostAndPort service,
      String userAgent,
      Consumer<ConnectAnswer> onAnswer) {
    this.request = new ConnectRequest(service, userAgent);
    this.course = courses.begin(proxy, service, onAnswer, this::ask);
  }

  private ByteBuffer ask(Optional<String> authorization, Secrets secrets) {
    reader = new AnswerReader(secrets);
    return request.bytes(authorization);
  }

  @Override
  public Step.Send start() {
    return course.start();
  }

  @Override
  public Step receive(ByteBuffer received) {
    try {
      return reader.read(received)
          ? course.answered(reader.answer(), received)
          : new Step.NeedMore();
    } catch (BadAnswerException e) {
      return course.answered(e);
    }
  }

  @Override
  public Step endOfStream() {
    try {
      return reader.end()
          ? course.answered(reader.answer(), NOTHING.duplicate())
          : course.unanswered(reader.isUntouched());
    } catch (BadAnswerException e) {
      return course.answered(e);
    }
  }

  @Override
  public void close() {
    course.close();
  }
}
