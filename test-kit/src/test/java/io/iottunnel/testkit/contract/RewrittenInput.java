package io.iottunnel.testkit.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Changes what comes first, so far as it comes in one piece, into something as long. */
final class RewrittenInput extends FilterInputStream {

  private final UnaryOperator<String> change;
  private boolean first = true;

  RewrittenInput(InputStream in, UnaryOperator<String> change) {
    super(in);
    this.change = change;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (first && count > 0) {
      String text = new String(into, offset, count, StandardCharsets.ISO_8859_1);
      byte[] changed = change.apply(text).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(changed, 0, into, offset, count);
    }
    first = false;
    return count;
  }
}
