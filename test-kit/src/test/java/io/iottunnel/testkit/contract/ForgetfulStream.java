package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Loses one byte of what it has read, behind the first kilobytes. */
final class ForgetfulStream extends HonestStream {

  private static final int FAR = 10_000;

  private int total;
  private boolean lost;

  ForgetfulStream(ByteStream honest) {
    super(honest);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = super.read(into);
    total += Math.max(count, 0);
    if (count > 0 && total > FAR && !lost) {
      lost = true;
      into.position(into.position() - 1);
      return count - 1;
    }
    return count;
  }
}
