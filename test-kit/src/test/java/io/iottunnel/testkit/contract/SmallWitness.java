package io.iottunnel.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection for TLS to be layered upon, which remembers what came first over it. */
final class SmallWitness extends Socket {

  private static final int ENOUGH = 60;

  private final Socket tcp;
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();

  SmallWitness(Socket tcp) {
    this.tcp = tcp;
  }

  /** What came first, escaped; TLS itself looks at five bytes and no more. */
  String first() throws IOException {
    getInputStream().read(new byte[ENOUGH]);
    StringBuilder shown = new StringBuilder();
    for (char each : first.toString(StandardCharsets.ISO_8859_1).toCharArray()) {
      shown.append(each < ' ' || each > '~' ? "?" : each);
    }
    return shown.toString();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(tcp.getInputStream()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        first.write(into, offset, Math.max(0, Math.min(count, ENOUGH - first.size())));
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return tcp.getOutputStream();
  }

  @Override
  public void shutdownInput() throws IOException {
    tcp.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    tcp.shutdownOutput();
  }

  @Override
  public synchronized void close() throws IOException {
    tcp.close();
  }
}
