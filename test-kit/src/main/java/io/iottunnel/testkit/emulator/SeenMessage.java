package io.iottunnel.testkit.emulator;

import com.google.protobuf.ByteString;
import io.iottunnel.testkit.wire.Message;

/**
 * A message that a client sent.
 *
 * @param message with at most the first {@value #KEPT} bytes of its payload
 * @param payloadSize of the whole payload, in bytes
 */
public record SeenMessage(Message message, int payloadSize) {

  /** How much of a payload is kept: enough to tell messages apart, too little to fill a heap. */
  public static final int KEPT = 1024;

  static SeenMessage of(Message message) {
    // Copied, since the payload refers to the whole frame that it came in.
    ByteString payload = message.payload();
    ByteString kept =
        ByteString.copyFrom(
            payload.substring(0, Math.min(KEPT, payload.size())).asReadOnlyByteBuffer());
    return new SeenMessage(message.withPayload(kept), payload.size());
  }
}
