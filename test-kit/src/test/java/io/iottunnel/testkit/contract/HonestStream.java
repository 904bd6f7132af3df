package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Passes everything on to a stream that keeps its promises; a sabotage overrides one method. */
class HonestStream implements ByteStream {

  final ByteStream honest;

  HonestStream(ByteStream honest) {
    this.honest = honest;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return honest.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return honest.write(from);
  }

  @Override
  public void whenReadable(Runnable action) {
    honest.whenReadable(action);
  }

  @Override
  public void whenWritable(Runnable action) {
    honest.whenWritable(action);
  }

  @Override
  public void shutdownOutput() throws IOException {
    honest.shutdownOutput();
  }

  @Override
  public void close() {
    honest.close();
  }

  @Override
  public void abort() {
    honest.abort();
  }
}
