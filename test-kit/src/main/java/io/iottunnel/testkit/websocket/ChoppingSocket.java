package io.iottunnel.testkit.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that sends what it is given in pieces. TLS lies above it, so the cuts fall anywhere in
 * TLS records; without Nagle's algorithm the other side mostly receives them one by one.
 */
final class ChoppingSocket extends Socket {

  private final Chop chop;

  ChoppingSocket(Chop chop) {
    this.chop = chop;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream whole = super.getOutputStream();
    return chop.isNone() ? whole : new Pieces(whole, chop.lengths());
  }

  private static final class Pieces extends OutputStream {
    private final OutputStream out;
    private final Chop.Lengths lengths;

    Pieces(OutputStream out, Chop.Lengths lengths) {
      this.out = out;
      this.lengths = lengths;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int end = offset + count;
      for (int at = offset; at < end; ) {
        int piece = lengths.next(end - at);
        out.write(bytes, at, piece);
        at += piece;
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
