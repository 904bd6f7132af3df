package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.dialog.AnswerReader;
import io.iottunnel.ports.dialog.ConnectCourse;
import java.nio.ByteBuffer;
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
public final class JettyConnectDialog implements ConnectCourse.Speech {

  private final HostAndPort service;
  private final String userAgent;

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
      return courses.begin(proxy, service, onAnswer, new JettyConnectDialog(service, userAgent));
    }
  }

  private JettyConnectDialog(HostAndPort service, String userAgent) {
    this.service = service;
    this.userAgent = userAgent;
  }

  @Override
  public ByteBuffer request(Optional<String> authorization) {
    HttpFields.Mutable fields =
        HttpFields.build()
            .add(HttpHeader.HOST, service.toString())
            .add(HttpHeader.USER_AGENT, userAgent);
    authorization.ifPresent(value -> fields.add(HttpHeader.PROXY_AUTHORIZATION, value));
    return RequestHead.of(HttpMethod.CONNECT, service.toString(), fields);
  }

  @Override
  public AnswerReader reader(Secrets secrets) {
    return new HttpAnswerReader(HttpAnswer::opensTunnel, secrets);
  }
}
