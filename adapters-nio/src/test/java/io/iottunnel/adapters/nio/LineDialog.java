package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A dialog in a language far simpler than HTTP, so that a test of the dialer is one of the dialer
 * alone: a request is a line, and so is an answer, {@code YES}, {@code NO}, {@code AGAIN}, {@code
 * AFRESH} (on a new connection) or {@code THINK} (again, after work that blocks). What the web
 * proxy ends without an answer is asked afresh, once; but {@code NO} is understood without the end
 * of its line.
 */
final class LineDialog implements ConnectDialog {

  private final String service;
  private final Consumer<ConnectAnswer> onAnswer;
  private final Runnable thinking;
  private final CountDownLatch closed;
  private final StringBuilder line = new StringBuilder();
  private int requests;
  private boolean endedOnce;

  LineDialog(WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer) {
    this(service, onAnswer, () -> {}, new CountDownLatch(1));
  }

  /**
   * @param thinking what the work is that blocks
   * @param closed is counted down when the dialog is closed
   */
  LineDialog(
      HostAndPort service,
      Consumer<ConnectAnswer> onAnswer,
      Runnable thinking,
      CountDownLatch closed) {
    this.thinking = thinking;
    this.closed = closed;
    this.service = service.toString();
    this.onAnswer = onAnswer;
  }

  private Step.Send request(boolean onNewConnection) {
    requests++;
    return new Step.Send(
        StandardCharsets.US_ASCII.encode("to " + service + " #" + requests + "\n"),
        onNewConnection);
  }

  @Override
  public Step.Send start() {
    return request(false);
  }

  @Override
  public Step receive(ByteBuffer received) {
    while (received.hasRemaining()) {
      char c = (char) received.get();
      if (c == '\n') {
        String answer = line.toString();
        line.setLength(0);
        onAnswer.accept(new ConnectAnswer("HTTP/1.1", 200, answer, List.of()));
        return switch (answer) {
          case "YES" -> new Step.Opened();
          case "NO" ->
              new Step.Refused(new WebProxyRefusedException("it said no", Retry.NEVER, 403));
          case "AGAIN" -> request(false);
          case "AFRESH" -> request(true);
          case "THINK" -> new Step.Blocking(this::think);
          default -> throw new IllegalStateException("a defect of the dialog");
        };
      }
      line.append(c);
    }
    return new Step.NeedMore();
  }

  private Step think() {
    thinking.run();
    return request(false);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public Step endOfStream() {
    if (line.toString().startsWith("NO")) {
      return new Step.Refused(new WebProxyRefusedException("it said no", Retry.NEVER, 403));
    }
    if (endedOnce) {
      return new Step.NeedMore();
    }
    endedOnce = true;
    line.setLength(0);
    return request(false);
  }
}
