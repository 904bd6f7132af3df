package io.iottunnel.ports;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes in both directions over one connection, never blocking: a local client, an application, or
 * the way to the service that a dialer opened.
 *
 * <p><b>Reading and writing are pulled by the caller</b>, who owns every buffer and gets it back
 * when the call returns. When a call could do nothing, the caller leaves an action with {@link
 * #whenReadable} or {@link #whenWritable} and tries again when it runs. So memory is used only
 * where the caller has decided to spend it.
 *
 * <p><b>Threads.</b> Any thread may call, but at most one reads and at most one writes at a time.
 * Actions run on the adapter's own thread and may call back into the stream; they must not block.
 * An action never runs inside the call that left it.
 *
 * <p><b>Errors.</b> When the connection breaks, waiting actions run and the next read or write
 * throws. After {@link #close} or {@link #abort} no action runs any more, and reading or writing
 * throws {@link java.nio.channels.ClosedChannelException}.
 */
public interface ByteStream {

  /**
   * Reads what is there into {@code into}, which must have room.
   *
   * @return the number of bytes read, 0 when none is there now, -1 when the other side has finished
   *     sending
   * @throws IOException if the connection broke
   */
  int read(ByteBuffer into) throws IOException;

  /**
   * Writes as much of {@code from} as is taken now; its position advances by what was taken.
   *
   * @return the number of bytes taken, which is 0 when there is no room now
   * @throws IOException if the connection broke
   */
  int write(ByteBuffer from) throws IOException;

  /**
   * Runs {@code action} once, as soon as a read would not return 0. A second action replaces one
   * that still waits.
   */
  void whenReadable(Runnable action);

  /**
   * Runs {@code action} once, as soon as a write would not return 0. A second action replaces one
   * that still waits.
   */
  void whenWritable(Runnable action);

  /**
   * Says to the other side that nothing more will be sent; reading goes on. Bytes already taken by
   * {@link #write} are still delivered.
   *
   * @throws IOException if the connection broke
   */
  void shutdownOutput() throws IOException;

  /**
   * Ends the connection in order: what {@link #write} took is still delivered if the other side
   * reads it. Does nothing the second time.
   */
  void close();

  /**
   * Ends the connection at once, with a TCP reset where there is TCP. Does nothing the second time.
   */
  void abort();
}
