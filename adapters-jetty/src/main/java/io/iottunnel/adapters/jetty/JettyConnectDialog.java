package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final int ASKS_FOR_CREDENTIALS = 407;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final HostAndPort service;
  private final String userAgent;
  private final Consumer<ConnectAnswer> onAnswer;
  private final ConnectRefusal refusal;
  private final Secrets secrets;
  private final ProxyAuthentication authentication;
  private HttpAnswerReader reader;
  private boolean asked;
  private boolean connectionWasKept;

  /**
   * Makes dialogs that share a {@code User-Agent} and what is learned of each web proxy's ways to
   * authenticate, for as long as this lives.
   */
  public static final class Factory implements ConnectDialog.Factory {
    private final String userAgent;
    private final NegotiateTokens tokens;
    private final Map<HostAndPort, ProxyMemory> memories = new ConcurrentHashMap<>();

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
      this.tokens = tokens;
    }

    @Override
    public ConnectDialog begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer) {
      ProxyMemory memory = memories.computeIfAbsent(proxy.address(), address -> new ProxyMemory());
      return new JettyConnectDialog(proxy, service, userAgent, memory, tokens, onAnswer);
    }
  }

  private JettyConnectDialog(
      WebProxy proxy,
      HostAndPort service,
      String userAgent,
      ProxyMemory memory,
      NegotiateTokens tokens,
      Consumer<ConnectAnswer> onAnswer) {
    this.service = service;
    this.userAgent = userAgent;
    this.onAnswer = onAnswer;
    this.refusal = new ConnectRefusal(proxy, service);
    this.secrets = Secrets.of(proxy);
    this.authentication =
        new ProxyAuthentication(proxy, service.toString(), memory, tokens, this::request);
    this.reader = newReader(secrets);
  }

  @Override
  public Step.Send start() {
    return authentication.atOnce().orElseGet(() -> send(Optional.empty(), false));
  }

  private Step.Send request(String authorization, boolean onNewConnection) {
    reader = newReader(secrets.and(Secrets.in(authorization)));
    connectionWasKept = !onNewConnection && asked;
    return send(Optional.of(authorization), onNewConnection);
  }

  private Step.Send send(Optional<String> authorization, boolean onNewConnection) {
    asked = true;
    HttpFields.Mutable fields =
        HttpFields.build()
            .add(HttpHeader.HOST, service.toString())
            .add(HttpHeader.USER_AGENT, userAgent);
    authorization.ifPresent(value -> fields.add(HttpHeader.PROXY_AUTHORIZATION, value));
    return new Step.Send(
        RequestHead.of(HttpMethod.CONNECT, service.toString(), fields), onNewConnection);
  }

  private static HttpAnswerReader newReader(Secrets secrets) {
    return new HttpAnswerReader(JettyConnectDialog::opens, secrets);
  }

  @Override
  public Step receive(ByteBuffer received) {
    try {
      return reader.read(received) ? verdict(received) : new Step.NeedMore();
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
  }

  @Override
  public Step endOfStream() {
    try {
      if (reader.end()) {
        return verdict(NOTHING.duplicate());
      }
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
    Optional<Step> again =
        connectionWasKept && reader.isUntouched() ? authentication.unanswered() : Optional.empty();
    return again.orElseGet(() -> new Step.Refused(refusal.byClosing(reader.isUntouched())));
  }

  @Override
  public void close() {
    authentication.close();
  }

  private Step verdict(ByteBuffer behind) {
    HttpAnswer answer = reader.answer();
    onAnswer.accept(toldOf(answer));
    if (answer.status() == ASKS_FOR_CREDENTIALS) {
      behind.position(behind.limit());
      return authentication.challengedBy(answer);
    }
    authentication.settledBy(answer);
    return opens(answer.status())
        ? new Step.Opened()
        : new Step.Refused(refusal.by(answer, authentication.sentCredentials(), Instant.now()));
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
