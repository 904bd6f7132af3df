package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.DirectDialer;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.wire.Message;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way from one process to the service. */
final class Network implements DirectDialer, TunnelTransport {

  private final ProxyProcess process;
  private final World world;
  private Optional<Link> link = Optional.empty();

  Network(ProxyProcess process, World world) {
    this.process = process;
    this.world = world;
  }

  @Override
  public CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer) {
    process.mayAct("dials");
    CompletableFuture<ByteStream> future = new CompletableFuture<>();
    process.tellSoon(() -> future.complete(new Way()));
    return future;
  }

  @Override
  public CompletableFuture<TunnelSession> open(
      ByteStream way, UpgradeRequest request, SessionListener listener) {
    process.mayAct("opens a session");
    assertEquals(
        "/tunnel?local-proxy-mode=" + process.mode.wireName(), request.pathAndQuery(), "target");
    CompletableFuture<TunnelSession> future = new CompletableFuture<>();
    Gate.Answer answer = world.gate.answer();
    switch (answer) {
      case SESSION, CUT ->
          process.tellSoon(() -> opens(future, listener, answer == Gate.Answer.CUT));
      case SILENCE -> process.after(Gate.PATIENCE, () -> fails(future, answer));
      default -> process.tellSoon(() -> fails(future, answer));
    }
    return future;
  }

  private void opens(
      CompletableFuture<TunnelSession> future, SessionListener listener, boolean cut) {
    if (world.gate.isShut()) {
      fails(future, Gate.Answer.TUNNEL_CLOSED);
    } else if (!future.isDone()) {
      Link opened = new Link(process, world, listener);
      link = Optional.of(opened);
      world.service.opened(opened);
      if (cut) {
        opened.breaks("cut right behind the upgrade");
      }
      future.complete(opened);
    }
  }

  private static void fails(CompletableFuture<TunnelSession> future, Gate.Answer answer) {
    if (!future.isDone()) {
      future.completeExceptionally(Gate.failure(answer));
    }
  }

  /** The process hears this message, as the service said it. */
  void hears(Message message) {
    link.orElseThrow().hears(message);
  }

  /** The process has decided to send this message. */
  void decides(Message message) {
    link.orElseThrow().decides(message);
  }

  void processDies() {
    link.ifPresent(l -> l.breaks("the process is gone"));
  }

  void checkThatAllIsOver() {
    assertTrue(link.map(Link::isLeft).orElse(true), "a session is left behind");
  }

  @Override
  public void close() {}

  /** What a dialer hands over, and this transport does without. */
  private static final class Way implements ByteStream {
    @Override
    public int read(ByteBuffer into) {
      throw unused();
    }

    @Override
    public int write(ByteBuffer from) {
      throw unused();
    }

    @Override
    public void whenReadable(Runnable action) {
      throw unused();
    }

    @Override
    public void whenWritable(Runnable action) {
      throw unused();
    }

    @Override
    public void shutdownOutput() {
      throw unused();
    }

    private static AssertionError unused() {
      return new AssertionError("the way belongs to the transport");
    }

    @Override
    public void close() {}

    @Override
    public void abort() {}
  }
}
