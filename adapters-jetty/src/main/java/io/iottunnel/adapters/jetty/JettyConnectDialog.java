package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
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
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;

/**
 * CONNECT (RFC 9110 section 9.3.6) on Jetty's HTTP generator and parser. Basic credentials (RFC
 * 7617, in UTF-8) are sent at once where there are some and nothing speaks against it; Negotiate
 * (RFC 4559) and Digest (RFC 7616) where the web proxy offers them.
 */
public final class JettyConnectDialog implements ConnectDialog {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final HostAndPort service;
  private final String userAgent;
  private final ConnectCourse course;
  private HttpAnswerReader reader = newReader(Secrets.of(List.of()));

  /**
   * Makes dialogs that share a {@code User-Agent} and what is learned of each web proxy's ways to
   * authenticate, for as long as this lives.
   */
  public static final class Factory implements ConnectDialog.Factory {
    private final String userAgent;
    private final ConnectCourse.Factory courses;

    /** Makes dialogs that know no Kerberos. */
    public Factory(String userAgent) {
      this(userAgent, NegotiateTokens.NONE);
    }

    /**
     * @param userAgent the value of {@code User-Agent}, such as {@code localproxy/1.0}
     * @param tokens what to authenticate with where a web proxy offers Negotiate
     */
    public Factory(String userAgent, NegotiateTokens tokens) {
      this.userAgent = userAgent;
      this.courses = new ConnectCourse.Factory(new JettySchemes(), tokens);
    }

    @Override
    public ConnectDialog begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer) {
      return new JettyConnectDialog(courses, proxy, service, userAgent, onAnswer);
    }
  }

  private JettyConnectDialog(
      ConnectCourse.Factory courses,
      WebProxy proxy,
      HostAndPort service,
      String userAgent,
      Consumer<ConnectAnswer> onAnswer) {
    this.service = service;
    this.userAgent = userAgent;
    this.course = courses.begin(proxy, service, onAnswer, this::ask);
  }

  private ByteBuffer ask(Optional<String> authorization, Secrets secrets) {
    reader = newReader(secrets);
    HttpFields.Mutable fields =
        HttpFields.build()
            .add(HttpHeader.HOST, service.toString())
            .add(HttpHeader.USER_AGENT, userAgent);
    authorization.ifPresent(value -> fields.add(HttpHeader.PROXY_AUTHORIZATION, value));
    return RequestHead.of(HttpMethod.CONNECT, service.toString(), fields);
  }

  private static HttpAnswerReader newReader(Secrets secrets) {
    return new HttpAnswerReader(HttpAnswer::opensTunnel, secrets);
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
