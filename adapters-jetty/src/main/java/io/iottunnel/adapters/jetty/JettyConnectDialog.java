package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;

/**
 * CONNECT (RFC 9110 section 9.3.6) on Jetty's HTTP generator and parser. Basic credentials (RFC
 * 7617, in UTF-8) are sent at once where the web proxy has some.
 */
public final class JettyConnectDialog implements ConnectDialog {

  private static final Set<String> SECRET = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    Collections.addAll(
        SECRET,
        "Set-Cookie",
        "Set-Cookie2",
        "Proxy-Authenticate",
        "Proxy-Authentication-Info",
        "WWW-Authenticate",
        "Authentication-Info");
  }

  private final WebProxy proxy;
  private final HostAndPort service;
  private final String userAgent;
  private final Consumer<ConnectAnswer> onAnswer;
  private final ConnectRefusal refusal;
  private final HttpAnswerReader reader;

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
      return new JettyConnectDialog(proxy, service, userAgent, onAnswer);
    }
  }

  private JettyConnectDialog(
      WebProxy proxy, HostAndPort service, String userAgent, Consumer<ConnectAnswer> onAnswer) {
    this.proxy = proxy;
    this.service = service;
    this.userAgent = userAgent;
    this.onAnswer = onAnswer;
    this.refusal = new ConnectRefusal(proxy, service);
    this.reader =
        new HttpAnswerReader(
            JettyConnectDialog::opens,
            proxy.credentials().map(Secrets::of).orElseGet(() -> Secrets.of(List.of())));
  }

  @Override
  public Step.Send start() {
    HttpFields.Mutable fields =
        HttpFields.build()
            .add(HttpHeader.HOST, service.toString())
            .add(HttpHeader.USER_AGENT, userAgent);
    proxy
        .credentials()
        .ifPresent(
            credentials ->
                fields.add(HttpHeader.PROXY_AUTHORIZATION, "Basic " + Secrets.basic(credentials)));
    return new Step.Send(RequestHead.of(HttpMethod.CONNECT, service.toString(), fields), false);
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
    onAnswer.accept(toldOf(answer));
    return opens(answer.status())
        ? new Step.Opened()
        : new Step.Refused(refusal.by(answer, Instant.now()));
  }

  private static boolean opens(int status) {
    return status >= 200 && status < 300;
  }

  private static ConnectAnswer toldOf(HttpAnswer answer) {
    return new ConnectAnswer(
        answer.version(),
        answer.status(),
        answer.reason(),
        answer.headers().stream()
            .filter(field -> !SECRET.contains(field.getName()))
            .map(
                field ->
                    new ConnectAnswer.Header(field.getName(), String.valueOf(field.getValue())))
            .toList());
  }
}
