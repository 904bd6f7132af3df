package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The TLS handshake of a client over another stream. Lives on the loop, but for the delegated
 * tasks: those check certificates and may read trust stores from disk, for which no other tunnel's
 * bytes should wait.
 */
final class TlsHandshake {

  private final NioLoop loop;
  private final TlsLink link;
  private final ByteBuffer plain;
  private final CompletableFuture<TlsStream> result = new CompletableFuture<>();
  private final Runnable advance = this::advance;
  private boolean answeredByTls;

  private TlsHandshake(NioLoop loop, TlsLink link) {
    this.loop = loop;
    this.link = link;
    this.plain = ByteBuffer.allocate(link.engine().getSession().getApplicationBufferSize()).flip();
    var unused =
        result.whenComplete(
            (stream, failure) -> {
              if (result.isCancelled()) {
                link.under().abort();
              }
            });
  }

  /**
   * Begins a handshake over {@code under}, which belongs to it from here on. Has no time limit of
   * its own.
   *
   * @return completes on the loop; fails with {@link NotTlsException}, an {@link
   *     javax.net.ssl.SSLException}, {@link EOFException} or another {@link IOException}.
   *     Cancelling it aborts {@code under}
   */
  static CompletableFuture<TlsStream> begin(NioLoop loop, ByteStream under, SSLEngine engine) {
    TlsHandshake handshake = new TlsHandshake(loop, new TlsLink(under, engine));
    loop.execute(handshake::start);
    return handshake.result;
  }

  private void start() {
    try {
      link.engine().beginHandshake();
    } catch (IOException e) {
      fail(e);
      return;
    }
    advance();
  }

  /** Goes on until it has to wait. */
  private void advance() {
    try {
      while (!result.isDone() && step()) {}
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Does what comes next; whether to go on at once. */
  private boolean step() throws IOException {
    return switch (link.engine().getHandshakeStatus()) {
      case NEED_WRAP -> {
        link.wrapOwn();
        yield flushed();
      }
      case NEED_TASK -> {
        loop.blocking().execute(this::runTasks);
        yield false;
      }
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> flushed() && unwrap();
      case FINISHED, NOT_HANDSHAKING -> {
        if (flushed()) {
          finish();
        }
        yield false;
      }
    };
  }

  private boolean flushed() throws IOException {
    if (link.flush()) {
      return true;
    }
    link.under().whenWritable(advance);
    return false;
  }

  private void runTasks() {
    for (Runnable task = link.engine().getDelegatedTask();
        task != null;
        task = link.engine().getDelegatedTask()) {
      task.run();
    }
    loop.execute(advance);
  }

  private boolean unwrap() throws IOException {
    if (!answeredByTls) {
      if (link.received().remaining() < TlsRecords.HEADER_BYTES) {
        return receive();
      }
      if (!TlsRecords.begin(link.received())) {
        throw notTls();
      }
      answeredByTls = true;
    }
    plain.clear();
    SSLEngineResult outcome;
    try {
      outcome = link.unwrap(plain);
    } finally {
      plain.flip();
    }
    return switch (outcome.getStatus()) {
      case OK -> true;
      case BUFFER_UNDERFLOW -> receive();
      case CLOSED -> throw new EOFException("TLS was ended in its handshake");
      case BUFFER_OVERFLOW -> throw new SSLException("a TLS record is larger than allowed");
    };
  }

  private boolean receive() throws IOException {
    int count = link.receive();
    if (count == 0) {
      link.under().whenReadable(advance);
    } else if (count < 0) {
      throw !answeredByTls && link.received().hasRemaining()
          ? notTls()
          : new EOFException("the connection was closed in the TLS handshake");
    }
    return count > 0;
  }

  private NotTlsException notTls() {
    byte[] first = new byte[link.received().remaining()];
    link.received().get(first);
    return new NotTlsException(first);
  }

  private void finish() {
    TlsStream stream = new TlsStream(loop, link, plain);
    if (!result.complete(stream)) {
      stream.abort();
    }
  }

  private void fail(IOException failure) {
    try {
      link.wrapOwn(); // the alert that tells the other side why
      link.flush();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    link.under().close();
    result.completeExceptionally(failure);
  }
}
