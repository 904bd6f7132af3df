package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.ConnectRefusal;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;

/**
 * CONNECT (RFC 9110 section 9.3.6) on HttpCore's parser and HttpClient's authentication schemes.
 * Basic credentials (RFC 7617, in UTF-8) are sent at once where the web proxy has some.
 */
public final class HttpClientConnectDialog implements ConnectDialog {

  private final WebProxy proxy;
  private final ConnectRequest request;
  private final Consumer<ConnectAnswer> onAnswer;
  private final ConnectRefusal refusal;
  private final AnswerReader reader;

  /** Makes dialogs that share a {@code User-Agent}. */
  public static final class Factory implements ConnectDialog.Factory {
    private final String userAgent;

    /**
     * @param userAgent the value of {@code User-Agent}, such as {@code localproxy/1.0}
     */
    public Factory(String userAgent) {
      this.userAgent = userAgent;
    }

    @Override
    public ConnectDialog begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer) {
      return new HttpClientConnectDialog(proxy, service, userAgent, onAnswer);
    }
  }

  private HttpClientConnectDialog(
      WebProxy proxy, HostAndPort service, String userAgent, Consumer<ConnectAnswer> onAnswer) {
    this.proxy = proxy;
    this.request = new ConnectRequest(service, userAgent);
    this.onAnswer = onAnswer;
    this.refusal = new ConnectRefusal(proxy, service);
    this.reader =
        new AnswerReader(
            proxy.credentials().map(Credentials::secrets).orElseGet(() -> Secrets.of(List.of())));
  }

  @Override
  public Step.Send start() {
    return new Step.Send(
        request.bytes(proxy.credentials().map(HttpClientConnectDialog::basic)), false);
  }

  private static String basic(Credentials credentials) {
    BasicScheme scheme = new BasicScheme();
    scheme.initPreemptive(
        new UsernamePasswordCredentials(credentials.user(), credentials.password().toCharArray()));
    try {
      return scheme.generateAuthResponse(null, null, null);
    } catch (AuthenticationException e) {
      throw new IllegalStateException(e); // for want of credentials, which it has
    }
  }

  @Override
  public Step receive(ByteBuffer received) {
    try {
      return reader.read(received) ? verdict() : new Step.NeedMore();
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
  }

  @Override
  public Step endOfStream() {
    try {
      return reader.end() ? verdict() : new Step.Refused(refusal.byClosing(reader.isUntouched()));
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
  }

  private Step verdict() {
    HttpAnswer answer = reader.answer();
    onAnswer.accept(ConnectAnswer.withoutSecrets(answer));
    return answer.status() < 300
        ? new Step.Opened()
        : new Step.Refused(refusal.by(answer, Instant.now()));
  }
}
