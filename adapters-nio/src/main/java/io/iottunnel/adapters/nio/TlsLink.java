package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An {@link SSLEngine} and the stream that carries its records. One thread at a time receives and
 * unwraps; any thread may wrap and flush.
 */
final class TlsLink {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Enough for four records, so that a system call moves more than one. */
  private static final int BYTES = 4 * 17 * 1024;

  private final ByteStream under;
  private final SSLEngine engine;
  private final int recordBytes;

  /** Received and not unwrapped yet, from the position to the limit. */
  private final ByteBuffer received = ByteBuffer.allocate(BYTES).flip();

  /** Wrapped and not taken by {@link #under} yet, from the position to the limit. */
  private final ByteBuffer sending = ByteBuffer.allocate(BYTES).flip();

  TlsLink(ByteStream under, SSLEngine engine) {
    this.under = under;
    this.engine = engine;
    this.recordBytes = engine.getSession().getPacketBufferSize();
  }

  ByteStream under() {
    return under;
  }

  SSLEngine engine() {
    return engine;
  }

  /** What has been received and not unwrapped yet; only to be looked at. */
  ByteBuffer received() {
    return received.asReadOnlyBuffer();
  }

  /** Whether a whole record has been received and waits to be unwrapped. */
  boolean hasReceivedRecord() {
    return TlsRecords.length(received) <= received.remaining();
  }

  /** Receives more; the result is that of {@link ByteStream#read}. */
  int receive() throws IOException {
    received.compact();
    try {
      return under.read(received);
    } finally {
      received.flip();
    }
  }

  /** Unwraps one record of what was received. */
  SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
    return engine.unwrap(received, into);
  }

  /** Whether there is room to wrap one more record. */
  synchronized boolean hasRoom() {
    return sending.capacity() - sending.remaining() >= recordBytes;
  }

  /** Wraps one record. There must be room. */
  synchronized SSLEngineResult wrap(ByteBuffer from) throws SSLException {
    sending.compact();
    try {
      return engine.wrap(from, sending);
    } finally {
      sending.flip();
    }
  }

  /** Wraps what the engine has to say by itself, as far as there is room. */
  synchronized void wrapOwn() throws SSLException {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && hasRoom()) {
      if (wrap(NOTHING).bytesProduced() == 0) {
        return;
      }
    }
  }

  /**
   * Says that nothing more will be sent (close_notify), as far as there is room.
   *
   * @return whether it has been said
   */
  synchronized boolean wrapEnd() throws SSLException {
    engine.closeOutbound();
    while (!engine.isOutboundDone() && hasRoom()) {
      if (wrap(NOTHING).bytesProduced() == 0) {
        return true; // nothing can be said any more: the engine has failed before
      }
    }
    return engine.isOutboundDone();
  }

  /**
   * Hands what was wrapped to the stream.
   *
   * @return whether all of it was taken
   */
  synchronized boolean flush() throws IOException {
    while (sending.hasRemaining()) {
      if (under.write(sending) == 0) {
        return false;
      }
    }
    return true;
  }
}
