package io.iottunnel.testkit.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives up after a silence, however long it all takes as long as there is none. */
final class ImpatientInput extends FilterInputStream {

  private final long silenceNanos;
  private final ExecutorService reader =
      new ThreadPoolExecutor(
          0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SmallDialer.DAEMONS);

  ImpatientInput(InputStream honest, Duration silence) {
    super(honest);
    this.silenceNanos = silence.toNanos();
  }

  @Override
  public int read() throws IOException {
    return soon(super::read);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return soon(() -> super.read(into, offset, length));
  }

  private int soon(Callable<Integer> read) throws IOException {
    try {
      return reader.submit(read).get(silenceNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("silence");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
