package io.iottunnel.testkit.websocket;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that sends what it is given in pieces, and that can be cut at a certain byte. TLS lies
 * above it, so all this falls anywhere in TLS records; without Nagle's algorithm the other side
 * mostly receives the pieces one by one.
 */
final class ChoppingSocket extends Socket {

  private final Chop chop;
  private final Fuse sending = new Fuse();
  private final Fuse receiving = new Fuse();

  ChoppingSocket(Chop chop) {
    this.chop = chop;
  }

  /** Runs {@code cut} when {@code bytes} more have been sent; nothing is sent behind them. */
  void cutAfterSending(long bytes, Runnable cut) {
    sending.light(bytes, cut);
  }

  /** Runs {@code cut} when {@code bytes} more have been received; nothing is read behind them. */
  void cutAfterReceiving(long bytes, Runnable cut) {
    receiving.light(bytes, cut);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Pieces(super.getOutputStream(), chop.lengths(), sending);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Rationed(super.getInputStream(), receiving);
  }

  private static final class Pieces extends FilterOutputStream {
    private final Chop.Lengths lengths;
    private final Fuse fuse;

    Pieces(OutputStream out, Chop.Lengths lengths, Fuse fuse) {
      super(out);
      this.lengths = lengths;
      this.fuse = fuse;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int end = offset + count;
      for (int at = offset; at < end; ) {
        int piece = fuse.allows(lengths.next(end - at));
        out.write(bytes, at, piece);
        fuse.passed(piece);
        at += piece;
      }
    }
  }

  private static final class Rationed extends FilterInputStream {
    private final Fuse fuse;

    Rationed(InputStream in, Fuse fuse) {
      super(in);
      this.fuse = fuse;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      int read = count == 0 ? 0 : in.read(into, offset, fuse.allows(count));
      fuse.passed(Math.max(0, read));
      return read;
    }
  }
}
