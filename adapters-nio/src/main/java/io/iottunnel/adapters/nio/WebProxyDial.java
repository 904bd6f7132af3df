package io.iottunnel.adapters.nio;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.DialObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a tunnel from a web proxy: moves the bytes of a {@link ConnectDialog}, over as
 * many connections as it asks for. Lives on the loop.
 */
final class WebProxyDial implements Step.Cases<Boolean> {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final NioLoop loop;
  private final WayToWebProxy toProxy;
  private final DialLimits limits;
  private final WebProxy proxy;
  private final ConnectDialog dialog;
  private final DialogWork work;
  private final DialObserver observer;
  private final WebProxyTrouble trouble;
  private final CompletableFuture<ByteStream> result;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);

  /** What to undo when the attempt is given up. */
  private volatile Runnable release = () -> {};

  private @Nullable ByteStream way;
  private Stage stage = new Stage();
  private boolean heard;
  private boolean answerBegan;
  private boolean overdue;

  WebProxyDial(
      NioLoop loop,
      TcpDialer tcp,
      SSLContext tls,
      DialLimits limits,
      WebProxy proxy,
      ConnectDialog dialog,
      DialObserver observer) {
    this.loop = loop;
    this.toProxy = new WayToWebProxy(loop, tcp, tls, limits, proxy, observer);
    this.limits = limits;
    this.proxy = proxy;
    this.dialog = dialog;
    this.work = new DialogWork(loop, dialog);
    this.observer = observer;
    this.trouble = new WebProxyTrouble(proxy);
    this.result = loop.scope().enter(new CompletableFuture<>());
    var unused = result.whenComplete((stream, failure) -> finish());
  }

  CompletableFuture<ByteStream> result() {
    return result;
  }

  void start() {
    var unused = follow(dialog::start);
  }

  private void connect(ByteBuffer request) {
    var unused =
        toProxy
            .open(this::holding)
            .whenComplete(
                (stream, failure) -> {
                  if (failure != null) {
                    fail(failure);
                  } else {
                    send(stream, request);
                  }
                });
  }

  private void send(ByteStream over, ByteBuffer request) {
    way = over;
    holding(over::abort);
    begin(limits.connectAnswer(), this::answerOverdue);
    received.clear();
    answerBegan = false;
    sendMore(over, request);
  }

  private void sendMore(ByteStream over, ByteBuffer request) {
    try {
      while (request.hasRemaining()) {
        if (over.write(request) == 0) {
          over.whenWritable(() -> sendMore(over, request));
          return;
        }
      }
    } catch (IOException e) {
      ended(e);
      return;
    }
    observer.connectSent();
    receive(over);
  }

  private void receive(ByteStream over) {
    boolean goOn = true;
    while (goOn) {
      int count;
      try {
        count = over.read(received);
      } catch (IOException e) {
        ended(e);
        return;
      }
      if (count == 0) {
        over.whenReadable(() -> receive(over));
        return;
      }
      if (count < 0) {
        ended(null);
        return;
      }
      goOn = heard();
    }
  }

  /** Takes what was received; whether more is wanted from the same connection. */
  private boolean heard() {
    received.flip();
    if (!heard && proxy.scheme() == WebProxy.Scheme.HTTP && TlsRecords.mayBegin(received)) {
      if (TlsRecords.begin(received)) {
        fail(trouble.wantsTls());
        return false;
      }
      received.compact(); // a single byte proves nothing yet
      return true;
    }
    heard = true;
    answerBegan = true;
    return follow(() -> dialog.receive(received));
  }

  private void ended(@Nullable IOException failure) {
    way = null;
    if (heard) {
      var unused = follow(dialog::endOfStream);
    } else {
      fail(
          failure == null
              ? trouble.closedBeforeAnswer(stage.age())
              : trouble.brokenBeforeAnswer(failure, stage.age()));
    }
  }

  /** The dialog may know enough even of an answer whose end does not come, as of a long text. */
  private void answerOverdue() {
    if (!answerBegan) {
      fail(trouble.connectSilent(limits.connectAnswer()));
      return;
    }
    overdue = true;
    way = null;
    release.run();
    var unused = follow(dialog::endOfStream);
  }

  /** Does what the dialog wants next; whether that is to read on. */
  private boolean follow(Supplier<Step> next) {
    Step step;
    try {
      step = next.get();
    } catch (RuntimeException e) {
      fail(e); // a defect of the dialog; whoever waits for the tunnel must not wait for ever
      return false;
    }
    return step.match(this);
  }

  @Override
  public Boolean send(Step.Send step) {
    overdue = false;
    ByteStream current = way;
    if (current != null && !step.onNewConnection()) {
      send(current, step.request());
      return false;
    }
    stage.end();
    if (current != null) {
      current.close();
    }
    connect(step.request());
    return false;
  }

  @Override
  public Boolean needMore(Step.NeedMore step) {
    if (way == null) {
      fail(answerIncomplete());
      return false;
    }
    received.clear();
    return true;
  }

  @Override
  public Boolean opened(Step.Opened step) {
    ByteStream current = way;
    if (current == null) {
      fail(answerIncomplete());
      return false;
    }
    stage.end();
    ByteStream tunnel =
        received.hasRemaining() ? new PrefixedStream(loop, received, current) : current;
    if (!result.complete(tunnel)) {
      tunnel.abort();
    }
    return false;
  }

  @Override
  public Boolean refused(Step.Refused step) {
    boolean knowsNoMore = overdue && step.reason() instanceof UnreachableException;
    fail(knowsNoMore ? answerIncomplete() : step.reason());
    return false;
  }

  @Override
  public Boolean blocking(Step.Blocking step) {
    stage.end();
    CompletableFuture<Step> making =
        work.begin(step, limits.token(), () -> trouble.tokenOverdue(limits.token()));
    Runnable undo = release;
    holding(
        () -> {
          making.cancel(false);
          undo.run();
        });
    var unused =
        making.whenComplete(
            (next, failure) -> {
              if (failure != null) {
                fail(failure);
              } else if (follow(() -> next)) {
                receive(Objects.requireNonNull(way, "more is wanted from a connection only"));
              }
            });
    return false;
  }

  private LocalProxyException answerIncomplete() {
    return overdue
        ? trouble.connectAnswerIncomplete(limits.connectAnswer())
        : trouble.closedInAnswer(stage.age());
  }

  private void begin(Duration atMost, Runnable whenOver) {
    stage.end();
    stage = new Stage(loop, atMost, whenOver);
  }

  private void holding(Runnable undo) {
    release = undo;
    if (result.isDone()) {
      undo.run(); // given up meanwhile
    }
  }

  private void fail(Throwable reason) {
    stage.end();
    if (result.completeExceptionally(reason)) { // before what is undone reports that it was
      release.run();
    }
  }

  private void finish() {
    if (result.isCancelled()) {
      release.run();
    }
    loop.execute(
        () -> {
          stage.end();
          work.end();
        });
  }
}
