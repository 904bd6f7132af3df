package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.BodyText;
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
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, by HttpCore's decoders (RFC 9112 section 6). Its beginning is kept, and it
 * is read no further: that is what is wanted of it.
 */
final class AnswerBody {

  /** Where the decoders would read on: they have nothing but what is handed in. */
  private static final ReadableByteChannel NOWHERE =
      Channels.newChannel(InputStream.nullInputStream());

  private final ReceivedBytes bytes = new ReceivedBytes(b -> {});
  private final ByteBuffer beginning = ByteBuffer.allocate(BodyText.MAX_BYTES);

  /** None where the body is over, or its length is not to be known. */
  private @Nullable ContentDecoder decoder;

  private boolean whole;

  /**
   * @param head announces the body, if there is one
   */
  AnswerBody(HttpResponse head) {
    try {
      // Whatever the head of a 2xx announces: what follows is no body (RFC 9110 section 9.3.6).
      boolean none = head.getCode() < 300 || !MessageSupport.canResponseHaveBody(head);
      long length = none ? 0 : DefaultContentLengthStrategy.INSTANCE.determineLength(head);
      whole = length == 0;
      decoder = whole ? null : decoder(length);
    } catch (HttpException e) {
      decoder = null; // the head contradicts itself: there is no more to learn
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
    ContentDecoder reading = decoder;
    if (reading == null) {
      return true;
    }
    bytes.take(received);
    try {
      while (received.hasRemaining() && beginning.hasRemaining() && !reading.isCompleted()) {
        reading.read(beginning);
      }
      whole = reading.isCompleted();
      if (whole || !beginning.hasRemaining()) {
        decoder = null;
      }
    } catch (IOException e) {
      decoder = null; // its framing makes no sense: there is no more to learn
    } finally {
      bytes.letGo();
    }
    return decoder == null;
  }

  /** Whether it was read to its end, so that the next answer follows on the same connection. */
  boolean isWhole() {
    return whole;
  }

  /** The first bytes, as far as they have come. */
  byte[] beginning() {
    return Arrays.copyOf(beginning.array(), beginning.position());
  }
}
