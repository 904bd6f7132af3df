package io.iottunnel.ports.dialog;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.BadAnswerException;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.ConnectRefusal;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.NegotiateTokens;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The course of one dialog with a web proxy: what is asked first, and what follows from an answer.
 * Confined to one thread at a time, as the dialog is.
 */
public final class ConnectCourse implements AutoCloseable {

  private static final int ASKS_FOR_CREDENTIALS = 407;

  private final Consumer<ConnectAnswer> onAnswer;
  private final ConnectRefusal refusal;
  private final Secrets secrets;
  private final Requests requests;
  private final ProxyAuthentication authentication;
  private boolean asked;
  private boolean connectionWasKept;

  /** Writes requests, and is ready to read what answers them. */
  public interface Requests {

    /**
     * Begins to ask: what is received from now on is an answer to this request.
     *
     * @param authorization the value of {@code Proxy-Authorization}, a char for each byte
     * @param secrets what must be masked in the answer
     * @return the request, as bytes
     */
    ByteBuffer begin(Optional<String> authorization, Secrets secrets);
  }

  /**
   * Begins courses, and remembers what they learn of each web proxy's ways to authenticate, for as
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
     * A course of a dialog with {@code proxy} about a tunnel to {@code service}.
     *
     * @param onAnswer is told of every answer, without its secrets
     */
    public ConnectCourse begin(
        WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer, Requests requests) {
      ProxyMemory memory = memories.computeIfAbsent(proxy.address(), address -> new ProxyMemory());
      return new ConnectCourse(proxy, service, onAnswer, requests, memory, schemes, tokens);
    }
  }

  private ConnectCourse(
      WebProxy proxy,
      HostAndPort service,
      Consumer<ConnectAnswer> onAnswer,
      Requests requests,
      ProxyMemory memory,
      AuthenticationSchemes schemes,
      NegotiateTokens tokens) {
    this.onAnswer = onAnswer;
    this.refusal = new ConnectRefusal(proxy, service);
    this.secrets = proxy.secrets();
    this.requests = requests;
    this.authentication =
        new ProxyAuthentication(
            proxy, service.toString(), memory, schemes, tokens, this::authorized);
  }

  /** The first request. */
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
    return new Step.Send(requests.begin(authorization, unspoken), fresh);
  }

  /**
   * What follows from an answer.
   *
   * @param behind what was received behind it. Of the service where the tunnel is open now, and
   *     left; else nobody asked for it, and it is consumed
   */
  public Step answered(HttpAnswer answer, ByteBuffer behind) {
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

  /** What follows from what cannot be read as an answer. */
  public Step answered(BadAnswerException answer) {
    return new Step.Refused(refusal.by(answer));
  }

  /**
   * What follows where the connection ends and the answer is not complete.
   *
   * @param beforeAnyByte whether not one byte of it has come
   */
  public Step unanswered(boolean beforeAnyByte) {
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
