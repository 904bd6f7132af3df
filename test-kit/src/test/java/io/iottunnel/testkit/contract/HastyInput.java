package io.iottunnel.testkit.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what comes first for all that comes: a short head whose blank line is not among the first
 * bytes is cut off there.
 */
final class HastyInput extends FilterInputStream {

  private static final int SHORT = 1000;

  private boolean first = true;
  private boolean cut;

  HastyInput(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (cut) {
      return -1;
    }
    int count = super.read(into, offset, length);
    if (first && count > 0) {
      String text = new String(into, offset, count, StandardCharsets.ISO_8859_1);
      cut = count < SHORT && !text.contains("\r\n\r\n");
    }
    first = false;
    return count;
  }
}
