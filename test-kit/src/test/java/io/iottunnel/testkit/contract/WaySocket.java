package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/** A way dressed as a blocking socket, so that the JDK's TLS can be layered upon it. */
final class WaySocket extends Socket {

  private final ByteStream way;
  private final Semaphore readable = new Semaphore(0);
  private final Semaphore writable = new Semaphore(0);

  WaySocket(ByteStream way) {
    this.way = way;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, count);
        int read = way.read(buffer);
        while (read == 0) {
          way.whenReadable(readable::release);
          acquire(readable);
          read = way.read(buffer);
        }
        return read;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(from, offset, count);
        while (buffer.hasRemaining()) {
          if (way.write(buffer) == 0) {
            way.whenWritable(writable::release);
            acquire(writable);
          }
        }
      }
    };
  }

  private static void acquire(Semaphore semaphore) throws IOException {
    try {
      semaphore.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Nothing to do: TLS calls this at the end of file. */
  @Override
  public void shutdownInput() {}

  @Override
  public void shutdownOutput() throws IOException {
    way.shutdownOutput();
  }

  @Override
  public synchronized void close() {
    way.close();
    release();
  }

  /** Cuts the way, and frees whoever waits for it. */
  void abort() {
    way.abort();
    release();
  }

  private void release() {
    readable.release();
    writable.release();
  }
}
