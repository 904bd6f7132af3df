package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.BodyText;
import io.iottunnel.domain.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.nio.ChunkDecoder;
import org.apache.hc.core5.http.impl.nio.IdentityDecoder;
import org.apache.hc.core5.http.impl.nio.LengthDelimitedDecoder;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.nio.ContentDecoder;

/**
 * The body of an answer, by HttpCore's decoders (RFC 9112 section 6). Its beginning is kept for a
 * message; the rest is read only where another request is to follow on the same connection.
 */
final class AnswerBody {

  /** Where the decoders would read on: they have nothing but what is handed in. */
  private static final ReadableByteChannel NOWHERE =
      Channels.newChannel(InputStream.nullInputStream());

  private static final int PIECE = 1024;

  private final ReceivedBytes bytes = new ReceivedBytes(b -> {});
  private final ByteBuffer kept = ByteBuffer.allocate(BodyText.MAX_BYTES);
  private final ByteBuffer dropped = ByteBuffer.allocate(PIECE);

  private final ContentDecoder decoder;
  private int wanted;
  private boolean whole;

  private AnswerBody(long length, int wanted) {
    this.wanted = wanted;
    this.whole = length == 0;
    this.decoder = decoder(length);
  }

  /** A body of which the beginning is wanted, for a message. */
  static AnswerBody forMessage(HttpResponse head) {
    return of(head, BodyText.MAX_BYTES);
  }

  /** A body that is read to its end, so that another answer can follow; not where that is far. */
  static AnswerBody toItsEnd(HttpResponse head) {
    return of(head, HttpAnswer.MAX_DRAINED);
  }

  /** A body that nobody wants. */
  static AnswerBody unread() {
    return new AnswerBody(ContentLengthStrategy.UNDEFINED, 0);
  }

  private static AnswerBody of(HttpResponse head, int wanted) {
    // Whatever the head of a 2xx announces: what follows is no body (RFC 9110 section 9.3.6).
    if (HttpAnswer.opensTunnel(head.getCode()) || !MessageSupport.canResponseHaveBody(head)) {
      return new AnswerBody(0, wanted);
    }
    try {
      long length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
      boolean endless =
          length == ContentLengthStrategy.UNDEFINED && wanted == HttpAnswer.MAX_DRAINED;
      return endless ? unread() : new AnswerBody(length, wanted);
    } catch (HttpException e) {
      return unread(); // the head contradicts itself
    }
  }

  private ContentDecoder decoder(long length) {
    BasicHttpTransportMetrics metrics = new BasicHttpTransportMetrics();
    if (length == ContentLengthStrategy.CHUNKED) {
      return new ChunkDecoder(NOWHERE, bytes, metrics);
    }
    return length == ContentLengthStrategy.UNDEFINED
        ? new IdentityDecoder(NOWHERE, bytes, metrics)
        : new LengthDelimitedDecoder(NOWHERE, bytes, metrics, length);
  }

  /**
   * Takes bytes.
   *
   * @return whether the body is complete now, or as much of it as is wanted
   */
  boolean read(ByteBuffer received) {
    bytes.take(received);
    try {
      while (isWanted() && received.hasRemaining()) {
        readPiece();
      }
    } catch (IOException e) {
      wanted = 0; // its framing makes no sense: there is no more to learn
    } finally {
      bytes.letGo();
    }
    return !isWanted();
  }

  private boolean isWanted() {
    return !whole && wanted > 0;
  }

  private void readPiece() throws IOException {
    ByteBuffer into = kept.hasRemaining() ? kept : dropped.clear();
    wanted -= decoder.read(into);
    whole = decoder.isCompleted();
  }

  /** Whether it was read to its end, so that the next answer follows on the same connection. */
  boolean isWhole() {
    return whole;
  }

  /** The first bytes, as far as they have come. */
  byte[] beginning() {
    return Arrays.copyOf(kept.array(), kept.position());
  }
}
