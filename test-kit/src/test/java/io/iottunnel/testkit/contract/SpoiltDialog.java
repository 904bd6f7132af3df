package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The bench of a sabotage: the smallest honest dialog, of which a sabotage spoils one method. */
abstract class SpoiltDialog {

  public DialogBench bench() {
    ConnectDialog.Factory honest = SmallDialog.factory();
    return new DialogBench(
        (proxy, service, onAnswer) -> new Spoilt(honest, proxy, service, onAnswer));
  }

  /** What is told of an answer. */
  ConnectAnswer told(ConnectAnswer answer) {
    return answer;
  }

  /**
   * What follows.
   *
   * @param received what the dialog was given, of which it left what remains
   * @param count so many bytes have been received since the last request
   */
  Step next(Step step, ByteBuffer received, int count) {
    return step;
  }

  /** What follows from the end of a connection. */
  Step ended(Step step) {
    return step;
  }

  /** A refusal with another message, or the same step. */
  static Step saying(Step step, String part, String instead) {
    if (step instanceof Step.Refused refused
        && refused.reason() instanceof WebProxyRefusedException reason) {
      String message = String.valueOf(reason.getMessage()).replace(part, instead);
      return new Step.Refused(
          new WebProxyRefusedException(message, reason.retry(), reason.status()));
    }
    return step;
  }

  private final class Spoilt implements ConnectDialog {
    private final ConnectDialog honest;
    private int count;

    Spoilt(
        ConnectDialog.Factory factory,
        WebProxy proxy,
        HostAndPort service,
        Consumer<ConnectAnswer> onAnswer) {
      honest = factory.begin(proxy, service, answer -> onAnswer.accept(told(answer)));
    }

    @Override
    public Step.Send start() {
      return honest.start();
    }

    @Override
    public Step receive(ByteBuffer received) {
      count += received.remaining();
      Step step = next(honest.receive(received), received, count);
      if (step instanceof Step.Send) {
        count = 0;
      }
      return step;
    }

    @Override
    public Step endOfStream() {
      return ended(next(honest.endOfStream(), ByteBuffer.allocate(0), count));
    }
  }
}
