package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.TlsPeer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * TLS over another stream, from the end of its {@link TlsHandshake} on.
 *
 * <p>A stream that ends without TLS's own end (close_notify) may have been cut by anybody: reading
 * it throws, so that a truncation is told from an end (RFC 8446 section 6.1).
 *
 * <p>A reader may be woken by a part of a record, or by one that holds no data for it, and then
 * reads 0 once more.
 *
 * <p>TLS 1.2 is not negotiated anew: a server that asks for it (HelloRequest, RFC 5246 section
 * 7.4.1.1) is done with, at the next read.
 */
final class TlsStream implements ByteStream {

  /** How long {@link #close} tries to send what was taken. */
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

  private final NioLoop loop;
  private final TlsLink link;

  /** Decrypted and not read yet, from the position to the limit; has room for one record. */
  private final ByteBuffer plain;

  private final PendingAction onReadable = new PendingAction();
  private final PendingAction onWritable = new PendingAction();
  private final Runnable flushMore = this::flushMore;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean outputEnding;

  /** Whether the other side has said that it is done. The reader's. */
  private boolean ended;

  /**
   * @param plain what was decrypted already; now this stream's
   */
  TlsStream(NioLoop loop, TlsLink link, ByteBuffer plain) {
    this.loop = loop;
    this.link = link;
    this.plain = plain;
  }

  /** Who is at the other end. */
  TlsPeer peer() {
    return TlsPeer.of(link.engine().getSession());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    int begin = into.position();
    do {
      if (plain.hasRemaining()) {
        return PrefixedStream.move(plain, into);
      }
      if (ended) {
        return -1;
      }
    } while (decrypt(into) && into.position() == begin);
    return into.position() - begin;
  }

  /** Goes one step towards more to read; whether another one may follow at once. */
  private boolean decrypt(ByteBuffer into) throws IOException {
    SSLEngineResult outcome;
    if (into.remaining() >= plain.capacity()) {
      outcome = link.unwrap(into);
    } else {
      plain.clear();
      try {
        outcome = link.unwrap(plain);
      } finally {
        plain.flip();
      }
    }
    return switch (outcome.getStatus()) {
      case OK -> {
        requireNoRenegotiation(outcome.getHandshakeStatus());
        answer(outcome.getHandshakeStatus());
        yield true;
      }
      case BUFFER_UNDERFLOW -> receive();
      case CLOSED -> {
        answer(outcome.getHandshakeStatus());
        ended = true;
        yield true;
      }
      case BUFFER_OVERFLOW -> throw new SSLException("a TLS record is larger than allowed");
    };
  }

  private boolean receive() throws IOException {
    int count = link.receive();
    if (count < 0) {
      throw new EOFException("the connection was cut: it ended without the end of TLS");
    }
    return count > 0;
  }

  /** In between, TLS 1.2 has nothing to say but a new handshake; TLS 1.3 has no such thing. */
  private void requireNoRenegotiation(HandshakeStatus status) throws SSLException {
    boolean begins = status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK;
    if (begins && !outputEnding && "TLSv1.2".equals(link.engine().getSession().getProtocol())) {
      throw new SSLException("the other side wants to negotiate TLS anew, which is not done");
    }
  }

  /** What TLS itself wants to say or do in between, such as to change keys. */
  private void answer(HandshakeStatus status) throws SSLException {
    if (status == HandshakeStatus.NEED_TASK) {
      for (Runnable task = link.engine().getDelegatedTask();
          task != null;
          task = link.engine().getDelegatedTask()) {
        task.run();
      }
    }
    if (link.engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      link.wrapOwn();
      loop.execute(flushMore);
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    int begin = from.position();
    boolean flushed;
    do {
      while (from.hasRemaining() && link.hasRoom()) {
        if (link.wrap(from).bytesConsumed() == 0) {
          throw new SSLException("the other side wants to negotiate TLS anew, or has ended it");
        }
      }
      flushed = link.flush();
    } while (flushed && from.hasRemaining());
    if (!flushed) {
      link.under().whenWritable(flushMore);
    }
    return from.position() - begin;
  }

  /** Sends what was taken, then lets the writer go on. On the loop. */
  private void flushMore() {
    try {
      if (!(outputEnding ? outputEnded() : link.flush())) {
        link.under().whenWritable(flushMore);
        return;
      }
    } catch (IOException e) {
      onWritable.run(); // broken: the writer learns it when it tries again
      return;
    }
    onWritable.run();
  }

  @Override
  public void whenReadable(Runnable action) {
    onReadable.set(action);
    if (closed.get()) {
      onReadable.clear();
    } else if (plain.hasRemaining() || ended || link.hasReceivedRecord()) {
      loop.execute(onReadable);
    } else {
      link.under().whenReadable(onReadable);
    }
  }

  @Override
  public void whenWritable(Runnable action) {
    onWritable.set(action);
    if (closed.get()) {
      onWritable.clear();
    } else {
      link.under().whenWritable(flushMore);
    }
  }

  /** Ends TLS in this direction; TCP stays open, for the end of TLS in the other one. */
  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    outputEnding = true;
    if (!outputEnded()) {
      link.under().whenWritable(flushMore);
    }
  }

  /** Sends what was taken and the end of TLS; whether all of it was taken. */
  private boolean outputEnded() throws IOException {
    boolean said;
    do {
      said = link.wrapEnd();
      if (!link.flush()) {
        return false;
      }
    } while (!said);
    return true;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    forgetActions();
    loop.execute(() -> closeMore(loop.after(FLUSH_LIMIT, link.under()::abort)));
  }

  /** Ends TLS, then closes. On the loop. */
  private void closeMore(Timers.Timer limit) {
    try {
      if (!outputEnded()) {
        link.under().whenWritable(() -> closeMore(limit));
        return;
      }
    } catch (IOException e) {
      limit.cancel(); // broken: there is nobody left to deliver to
      link.under().close();
      return;
    }
    limit.cancel();
    link.under().close();
  }

  @Override
  public void abort() {
    closed.set(true);
    forgetActions();
    link.under().abort();
  }

  private void forgetActions() {
    onReadable.clear();
    onWritable.clear();
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
  }
}
