package io.iottunnel.adapters.nio;

import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket that accepts.
 *
 * <p>When the system cannot give a descriptor (or memory) for a client, the client stays in the
 * backlog, and accepting is tried again after a pause that grows from {@link #FIRST_PAUSE} to
 * {@link #LONGEST_PAUSE}: by then another connection may have ended. That clients wait is told
 * once, until none does. Nothing but {@link #close} ends it.
 */
final class NioListener implements LocalListener, NioLoop.Ready {

  /** How a listener gets its next client; null when none waits. */
  @FunctionalInterface
  interface Accept {
    @Nullable SocketChannel next() throws IOException;
  }

  static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** How many clients are accepted before others have their turn. */
  private static final int CLIENTS_PER_TURN = 64;

  private final NioLoop loop;
  private final ServerSocketChannel channel;
  private final Accept accept;
  private final LocalSockets.Address address;
  private final LocalClients onClient;
  private final Scope scope;
  private final Runnable afterClose;
  private final SelectionKey key;
  private final Runnable close = this::close;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean paused;
  private Duration backOff = FIRST_PAUSE;
  private boolean toldOfWaiting;

  /**
   * Takes over a bound channel. It accepts once {@link #resume} is called.
   *
   * @param scope what the listener and its clients belong to
   * @param afterClose runs once when this is closed
   */
  static NioListener on(
      NioLoop loop,
      ServerSocketChannel channel,
      LocalSockets.Address address,
      LocalClients onClient,
      Scope scope,
      Runnable afterClose) {
    try {
      return new NioListener(loop, channel, channel::accept, address, onClient, scope, afterClose);
    } catch (IOException e) {
      Quietly.close(channel);
      afterClose.run();
      throw new ListenFailedException("cannot listen on " + address.ip() + ": " + Reason.of(e), e);
    }
  }

  /** For tests, which bring an {@code accept} of their own. */
  NioListener(
      NioLoop loop,
      ServerSocketChannel channel,
      Accept accept,
      LocalSockets.Address address,
      LocalClients onClient,
      Scope scope,
      Runnable afterClose)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.accept = accept;
    this.address = address;
    this.onClient = onClient;
    this.scope = scope;
    this.afterClose = afterClose;
    channel.configureBlocking(false);
    this.key = loop.register(channel, this);
    scope.enter(close);
  }

  @Override
  public LocalSockets.Address address() {
    return address;
  }

  @Override
  public void pause() {
    paused = true;
    loop.ignore(key, SelectionKey.OP_ACCEPT);
  }

  @Override
  public void resume() {
    paused = false;
    loop.await(key, SelectionKey.OP_ACCEPT);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    scope.leave(close);
    Quietly.close(channel);
    loop.wakeup();
    afterClose.run();
  }

  /** Accepts who waits. On the loop. */
  @Override
  public void ready(int ops) {
    for (int i = 0; i < CLIENTS_PER_TURN && !paused; i++) {
      SocketChannel client;
      try {
        client = accept.next();
      } catch (ClosedChannelException e) {
        return; // by another thread, a moment ago
      } catch (IOException e) {
        loop.ignore(key, SelectionKey.OP_ACCEPT);
        var unused = loop.after(backOff, this::acceptAgain);
        Duration longer = backOff.multipliedBy(2);
        backOff = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        tellOfWaiting(Reason.of(e));
        return;
      }
      if (client == null) {
        toldOfWaiting = false;
        return;
      }
      backOff = FIRST_PAUSE;
      greet(client);
    }
  }

  private void tellOfWaiting(String reason) {
    if (!toldOfWaiting) {
      toldOfWaiting = true;
      onClient.waiting(reason);
    }
  }

  private void acceptAgain() {
    if (!paused) {
      loop.await(key, SelectionKey.OP_ACCEPT);
    }
  }

  private void greet(SocketChannel client) {
    NioStream stream;
    try {
      stream = new NioStream(loop, client, scope);
    } catch (IOException e) {
      return; // it has gone already, and its channel is closed
    }
    try {
      onClient.accept(stream);
    } catch (RuntimeException | Error e) {
      stream.abort(); // nobody looks after it
      throw e;
    }
  }
}
