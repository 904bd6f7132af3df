package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.HostAndPort;
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

/**
 * CONNECT (RFC 9110 section 9.3.6) on HttpCore's formatter, parser and decoders, with HttpClient's
 * Basic and Digest. Negotiate goes by the tokens that are handed in: HttpClient's own would block.
 */
public final class HttpClientConnectDialog implements ConnectCourse.Speech {

  private final ConnectRequest request;

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
      return courses.begin(
          proxy, service, onAnswer, new HttpClientConnectDialog(service, userAgent));
    }
  }

  private HttpClientConnectDialog(HostAndPort service, String userAgent) {
    this.request = new ConnectRequest(service, userAgent);
  }

  @Override
  public ByteBuffer request(Optional<String> authorization) {
    return request.bytes(authorization);
  }

  @Override
  public AnswerReader reader(Secrets secrets) {
    return new HttpCoreAnswerReader(secrets);
  }
}
