package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The HTTP between TLS and the WebSocket: one request, one answer. What came behind the answer goes
 * to the connection that takes over.
 */
final class UpgradeConnection extends AbstractConnection implements Connection.UpgradeFrom {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final ByteBuffer request;
  private final Asker asker;
  private final HttpAnswerReader reader;
  private ByteBuffer buffer = BufferUtil.EMPTY_BUFFER;

  /** Is told of the one outcome. */
  interface Asker {
    void answered(HttpAnswer answer);

    void failed(Throwable cause);
  }

  /**
   * @param secrets what the request holds that must not be quoted from the answer
   */
  UpgradeConnection(
      EndPoint endPoint, Executor serial, ByteBuffer request, Secrets secrets, Asker asker) {
    super(endPoint, serial);
    this.reader = new HttpAnswerReader(status -> status == SWITCHING_PROTOCOLS, secrets);
    this.request = request;
    this.asker = asker;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().write(Callback.from(this::fillInterested, asker::failed), request);
  }

  @Override
  public void onFillable() {
    try {
      buffer = BufferUtil.allocate(getInputBufferSize());
      while (true) {
        int filled = getEndPoint().fill(buffer);
        if (filled == 0) {
          fillInterested();
          return;
        }
        if (filled < 0 ? endOfStream() : reader.read(buffer)) {
          asker.answered(reader.answer());
          return;
        }
      }
    } catch (IOException e) {
      asker.failed(e);
    }
  }

  private boolean endOfStream() throws IOException {
    if (reader.end()) {
      return true;
    }
    throw new EOFException("it was closed before the answer was complete");
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    asker.failed(cause);
  }

  @Override
  public ByteBuffer onUpgradeFrom() {
    return buffer;
  }
}
