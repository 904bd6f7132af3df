package io.iottunnel.ports;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.WebProxy;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One conversation with a web proxy about one tunnel, without any I/O: bytes in, bytes out,
 * verdict. The dialer moves the bytes; the dialog knows HTTP CONNECT and its authentication. This
 * is what an adapter on another HTTP library implements; the dialer around it (DNS, TCP, TLS to the
 * web proxy, time limits) stays.
 *
 * <p>Confined to one thread at a time, and none of its methods may block: what has to wait, as for
 * a Kerberos ticket, is a {@link Step.Blocking}. Not reusable. {@link #start} is called first and
 * once; then {@link #receive} with what arrives, in any split, for as long as the last step was
 * {@link Step.NeedMore} or {@link Step.Send}; {@link #close} is called last, once, however the
 * dialog ended.
 */
public interface ConnectDialog {

  /** Makes the dialogs of one adapter. Thread-safe. */
  interface Factory {

    /**
     * A new dialog with {@code proxy} about a tunnel to {@code service}.
     *
     * @param onAnswer is told of every final answer (not of 1xx), before the step that follows from
     *     it is returned
     */
    ConnectDialog begin(WebProxy proxy, HostAndPort service, Consumer<ConnectAnswer> onAnswer);
  }

  /** The first request. */
  Step.Send start();

  /**
   * Takes bytes that the web proxy sent. They are consumed, except behind a {@link Step.Opened}:
   * what remains in {@code received} then is the service's. What remains behind a {@link
   * Step.Refused} is nobody's.
   *
   * @param received has remaining bytes; the dialog keeps no reference to it
   */
  Step receive(ByteBuffer received);

  /**
   * Takes the news that nothing more comes on this connection: the web proxy closed it, in order or
   * not, or the time for its answer is over.
   */
  Step endOfStream();

  /** Lets go of what the dialog holds, such as keys. Nothing is called any more. */
  default void close() {}

  /** What to do next. */
  sealed interface Step {

    /** Calls the one case that applies. */
    <R> R match(Cases<R> cases);

    /** One method for each kind of step. */
    interface Cases<R> {
      R send(Send step);

      R needMore(NeedMore step);

      R opened(Opened step);

      R refused(Refused step);

      R blocking(Blocking step);
    }

    /**
     * Send this request, then receive its answer.
     *
     * @param request the bytes, now the receiver's
     * @param onNewConnection whether to connect afresh first, because the web proxy ends this
     *     connection
     */
    record Send(ByteBuffer request, boolean onNewConnection) implements Step {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.send(this);
      }
    }

    /** The answer is not complete yet. */
    record NeedMore() implements Step {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.needMore(this);
      }
    }

    /** The tunnel is open. */
    record Opened() implements Step {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.opened(this);
      }
    }

    /**
     * The web proxy did not open the tunnel, and why; whether to try again later is in the
     * exception.
     */
    record Refused(LocalProxyException reason) implements Step {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.refused(this);
      }
    }

    /**
     * Do this, which may block for seconds, on a thread where it harms nobody; then follow the step
     * that it returns. Nothing else is asked of the dialog meanwhile. The connection is kept; if it
     * ends meanwhile, the dialog hears of it afterwards. The dialer limits the time: it gives the
     * dial up then, and the work goes on for nobody.
     *
     * @param work must not throw; what goes wrong is a step too
     */
    record Blocking(Supplier<Step> work) implements Step {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.blocking(this);
      }
    }
  }
}
