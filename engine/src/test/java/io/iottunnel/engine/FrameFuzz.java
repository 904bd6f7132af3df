package io.iottunnel.engine;

import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of any bytes are messages or nonsense, and the same however they are cut. The first byte
 * of an input says how long the pieces are.
 */
public final class FrameFuzz {

  private FrameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    List<String> whole = read(bytes, bytes.length);
    List<String> cut = read(bytes, 1 + (input[0] & 0xff));
    if (!whole.equals(cut)) {
      throw new AssertionError("whole: " + whole + "; in pieces: " + cut);
    }
  }

  private static List<String> read(byte[] bytes, int pieces) {
    List<String> read = new ArrayList<>();
    MessageReader reader = new MessageReader(WireLimits.DEFAULTS.message());
    try {
      for (int from = 0; from < bytes.length; from += pieces) {
        ByteBuffer piece = ByteBuffer.wrap(bytes, from, Math.min(pieces, bytes.length - from));
        reader.read(piece, message -> read.add(described(message)));
        if (piece.hasRemaining()) {
          throw new AssertionError(piece.remaining() + " bytes of a frame were left");
        }
      }
    } catch (NonsenseException nonsense) {
      read.add(String.valueOf(nonsense.getMessage()));
    }
    return read;
  }

  /** With all of its payload, which is gone after the call. */
  private static String described(Message message) {
    return message instanceof Message.Data data
        ? message + " of " + data.payload().hashCode()
        : message.toString();
  }
}
