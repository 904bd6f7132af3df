package io.iottunnel.ports.dialog;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.ConnectRefusal;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A dialog with a web proxy in the words of any HTTP library: what is asked first, and what follows
 * from an answer, is the same for all of them.
 */
public final class ConnectCourse implements ConnectDialog {

  private static final int ASKS_FOR_CREDENTIALS = 407;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Consumer<ConnectAnswer> onAnswer;
  private final ConnectRefusal refusal;
  private final Secrets secrets;
  private final Speech speech;
  private final ProxyAuthentication authentication;
  private AnswerReader reader;
  private boolean asked;
  private boolean connectionWasKept;

  /** How an HTTP library speaks in one dialog. */
  public interface Speech {

    /**
     * A request for the tunnel.
     *
     * @param authorization the value of {@code Proxy-Authorization}, a char for each byte
     * @return the request, as bytes
     */
    ByteBuffer request(Optional<String> authorization);

    /**
     * Reads what answers a request.
     *
     * @param secrets what must be masked in the answer
     */
    AnswerReader reader(Secrets secrets);
  }

  /**
   * Begins dialogs, and remembers what they learn of each web proxy's ways to authenticate, for as
   * long as it lives. Thread-safe.
   */
  public static final class Factory {
    private final AuthenticationSchemes schemes;
    private final NegotiateTokens tokens;
    private final Map<HostAndPort, ProxyMemory> memories = new ConcurrentHashMap<>();

    /**
     * @param tokens what to authenticate with where a web proxy offers Negotiate
     */
    public Factory(AuthenticationSchemes schemes, NegotiateTokens tokens) {
      this.schemes = schemes;
      this.tokens = tokens;
    }

    /**
     * A dialog with {@code proxy} about a tunnel to {@code service}.
     *
     * @param onAnswer is told of every final answer, without its secrets
     */
    public ConnectCourse begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer, Speech speech) {
      ProxyMemory memory = memories.computeIfAbsent(proxy.address(), address -> new ProxyMemory());
      return new ConnectCourse(proxy, service, onAnswer, speech, memory, schemes, tokens);
    }
  }

  private ConnectCourse(
      WebProxy proxy,
      HostAndPort service,
      Consumer<ConnectAnswer> onAnswer,
      Speech speech,
      ProxyMemory memory,
      AuthenticationSchemes schemes,
      NegotiateTokens tokens) {
    this.onAnswer = onAnswer;
    this.refusal = new ConnectRefusal(proxy, service);
    this.secrets = proxy.secrets();
    this.speech = speech;
    this.reader = speech.reader(secrets);
    this.authentication =
        new ProxyAuthentication(
            proxy, service.toString(), memory, schemes, tokens, this::authorized);
  }

  @Override
  public Step.Send start() {
    return authentication.atOnce().orElseGet(() -> send(Optional.empty(), secrets, false));
  }

  private Step.Send authorized(String authorization, boolean onNewConnection) {
    return send(
        Optional.of(authorization), secrets.and(Secrets.in(authorization)), onNewConnection);
  }

  private Step.Send send(Optional<String> authorization, Secrets unspoken, boolean fresh) {
    connectionWasKept = asked && !fresh;
    asked = true;
    reader = speech.reader(unspoken);
    return new Step.Send(speech.request(authorization), fresh);
  }

  @Override
  public Step receive(ByteBuffer received) {
    try {
      return reader.read(received) ? answered(received) : new Step.NeedMore();
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
  }

  @Override
  public Step endOfStream() {
    try {
      return reader.end() ? answered(NOTHING.duplicate()) : unanswered();
    } catch (BadAnswerException e) {
      return new Step.Refused(refusal.by(e));
    }
  }

  /**
   * @param behind what was received behind the answer: of the service, where the tunnel is open
   *     now; else nobody asked for it
   */
  private Step answered(ByteBuffer behind) {
    HttpAnswer answer = reader.answer();
    onAnswer.accept(ConnectAnswer.withoutSecrets(answer, authentication.last()));
    if (answer.opensTunnel()) {
      authentication.settledBy(answer);
      return new Step.Opened();
    }
    behind.position(behind.limit());
    if (answer.status() == ASKS_FOR_CREDENTIALS) {
      return authentication.challengedBy(answer);
    }
    authentication.settledBy(answer);
    return new Step.Refused(refusal.by(answer, authentication.sentCredentials(), Instant.now()));
  }

  /** The connection ended, and the answer is not complete. */
  private Step unanswered() {
    boolean beforeAnyByte = reader.isUntouched();
    Optional<Step> again =
        connectionWasKept && beforeAnyByte ? authentication.unanswered() : Optional.empty();
    return again.orElseGet(() -> new Step.Refused(refusal.byClosing(beforeAnyByte)));
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    authentication.close();
  }
}
