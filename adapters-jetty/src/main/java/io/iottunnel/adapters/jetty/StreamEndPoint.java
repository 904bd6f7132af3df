package io.iottunnel.adapters.jetty;

import io.iottunnel.ports.ByteStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jetty's connections run on a {@link ByteStream}: the thread that drives the stream drives
 * them, and Jetty's selector is not needed. Confined to one {@link SerialExecutor}.
 */
final class StreamEndPoint extends AbstractEndPoint {

  /**
   * How much is read before others of the stream's thread get their turn, such as the local
   * connections that share its selector: a service that sends without a pause must not starve them.
   */
  private static final int BYTES_PER_TURN = 256 * 1024;

  private final ByteStream stream;
  private final Runnable onClosed;
  private final Runnable onReadable;
  private final Runnable onWritable;
  private int turn = BYTES_PER_TURN;
  private @Nullable IOException failure;

  /**
   * @param onClosed runs once, when this end has closed
   */
  StreamEndPoint(ByteStream stream, Executor serial, Runnable onClosed) {
    super(null); // its scheduler is for idle time-outs, and there are none
    this.stream = stream;
    this.onClosed = onClosed;
    this.onReadable = () -> serial.execute(this::readable);
    this.onWritable = () -> serial.execute(() -> getWriteFlusher().completeWrite());
  }

  /** How the stream broke, if it did: Jetty may wrap this, or report what followed from it. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (isInputShutdown()) {
      return -1;
    }
    if (turn <= 0 || BufferUtil.space(buffer) == 0) {
      return 0;
    }
    int flushFrom = BufferUtil.flipToFill(buffer);
    try {
      int read = stream.read(buffer);
      if (read < 0) {
        shutdownInput();
      } else {
        turn -= read;
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      BufferUtil.flipToFlush(buffer, flushFrom);
    }
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    try {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          if (stream.write(buffer) == 0) {
            return false;
          }
        }
      }
      return true;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  protected void needsFillInterest() {
    stream.whenReadable(onReadable);
  }

  private void readable() {
    turn = BYTES_PER_TURN;
    getFillInterest().fillable();
  }

  @Override
  protected void onIncompleteFlush() {
    stream.whenWritable(onWritable);
  }

  @Override
  protected void doShutdownOutput() {
    try {
      stream.shutdownOutput();
    } catch (IOException e) {
      failure = e;
      close(e);
    }
  }

  @Override
  protected void doClose() {
    stream.close();
  }

  /** Tells the connection above, as Jetty's selector would. */
  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    if (getConnection() != null) {
      getConnection().onClose(cause);
    }
    onClosed.run();
  }

  @Override
  public ByteStream getTransport() {
    return stream;
  }

  /** A stream has no address to tell. */
  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return null;
  }

  /** A stream has no address to tell. */
  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return null;
  }
}
