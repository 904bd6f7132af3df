package io.iottunnel.testkit.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;

/**
 * The service's side of one TLS connection, which keeps or breaks the rules of HTTP and WebSocket
 * as its caller likes. The code is our own and no library's, because who judges clients must be
 * able to send every wrong byte and to see every wrong byte.
 *
 * <p>Blocking. One thread reads; any thread writes, one whole call at a time; {@link #cut} never
 * waits, not even for a writer that is stuck.
 */
public final class ServerConnection implements AutoCloseable {

  private static final int HEADER = 10;

  private final Socket tcp;
  private final SSLSocket tls;
  private final FrameReader in;
  private final OutputStream out;
  private byte[] outgoing = new byte[1 << 14];

  private ServerConnection(Socket tcp, SSLSocket tls) throws IOException {
    this.tcp = tcp;
    this.tls = tls;
    this.in = new FrameReader(tls.getInputStream());
    this.out = tls.getOutputStream();
  }

  /** Speaks TLS, as the server, over a connection that was accepted. */
  static ServerConnection secure(Socket tcp, SSLContext context) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true);
    tls.startHandshake();
    return new ServerConnection(tcp, tls);
  }

  /** Has the system keep no more than so many bytes in each direction. */
  public void socketBuffers(int bytes) throws IOException {
    tcp.setSendBufferSize(bytes);
    tcp.setReceiveBufferSize(bytes);
  }

  /** The name that the client asked for by SNI (RFC 6066 section 3). */
  public Optional<String> serverName() {
    List<SNIServerName> names = ((ExtendedSSLSession) tls.getSession()).getRequestedServerNames();
    return names.stream()
        .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
        .map(name -> new SNIHostName(name.getEncoded()).getAsciiName())
        .findFirst();
  }

  /** The version that was negotiated, such as {@code TLSv1.3}. */
  public String tlsVersion() {
    return tls.getSession().getProtocol();
  }

  /** How long a read waits before it fails, in milliseconds; 0 for ever. */
  public void readTimeout(int millis) throws IOException {
    tcp.setSoTimeout(millis);
  }

  /** Asks for small buffers of the system's, so that back-pressure shows early. */
  public void bufferSize(int bytes) throws IOException {
    tcp.setSendBufferSize(bytes);
    tcp.setReceiveBufferSize(bytes);
  }

  /** Reads the head of a request. */
  public RequestHead readRequest() throws IOException {
    return RequestHead.parse(in.readHead());
  }

  /**
   * Reads exactly {@code count} bytes.
   *
   * @throws java.io.EOFException if TLS is ended in order before
   */
  public byte[] readBytes(int count) throws IOException {
    return in.readBytes(count);
  }

  /** Reads the next frame, unmasked. */
  public Frame readFrame() throws IOException {
    return in.read();
  }

  /** Sends these bytes as they are. */
  public synchronized void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Sends this text as it is, in ISO 8859-1, as HTTP does. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends one frame. */
  public void send(Frame frame) throws IOException {
    write(frame.encode());
  }

  /**
   * Sends bytes in binary frames of the lengths given; many small frames share a TLS record.
   *
   * @param lengths asked for the length of each frame's payload
   * @param largest the most bytes of payload that any frame may have
   */
  public synchronized void sendBinary(
      byte[] bytes, int from, int to, Chop.Lengths lengths, int largest) throws IOException {
    ByteBuffer batch = ByteBuffer.wrap(outgoingFor(Math.min(to - from, largest) + HEADER));
    for (int at = from; at < to; ) {
      int count = Math.min(largest, lengths.next(to - at));
      if (batch.remaining() < count + HEADER) {
        out.write(outgoing, 0, batch.position());
        batch.clear();
      }
      Frame.putHeader(batch, true, 0, Frame.BINARY, false, count);
      batch.put(bytes, at, count);
      at += count;
    }
    out.write(outgoing, 0, batch.position());
  }

  /** The buffer in which frames are put together, kept for the next time. */
  private byte[] outgoingFor(int size) {
    if (outgoing.length < size) {
      outgoing = new byte[size];
    }
    return outgoing;
  }

  /** Says by TLS and TCP that nothing more comes; reads on. */
  public synchronized void shutdownOutput() throws IOException {
    tls.shutdownOutput(); // and with it that of TCP, which it owns
  }

  /** Says by TCP that nothing more comes (FIN), without a word of TLS or WebSocket; reads on. */
  public void finish() {
    try {
      tcp.shutdownOutput();
    } catch (IOException e) {
      // A connection that is gone has nothing more to say.
    }
  }

  /** Ends the connection at once, by a TCP reset where {@code reset}, else by closing it. */
  public void cut(boolean reset) {
    try {
      if (reset) {
        tcp.setSoLinger(true, 0);
      }
      tcp.close();
    } catch (IOException e) {
      // A socket that cannot be closed is closed: nothing is left to cut.
    }
  }

  /**
   * Does what {@code cut} says once {@code bytes} more have been sent, TLS records counted as they
   * travel: so in the middle of a record, of a frame, of a message.
   */
  public void cutAfterSending(long bytes, Runnable cut) {
    chopping().cutAfterSending(bytes, cut);
  }

  /** Does what {@code cut} says once {@code bytes} more have been received, counted likewise. */
  public void cutAfterReceiving(long bytes, Runnable cut) {
    chopping().cutAfterReceiving(bytes, cut);
  }

  private ChoppingSocket chopping() {
    if (tcp instanceof ChoppingSocket socket) {
      return socket;
    }
    throw new IllegalStateException("only what a TlsListener accepted can be cut at a byte");
  }

  /** Whether this side has ended the connection. */
  boolean isClosed() {
    return tcp.isClosed();
  }

  /** Ends the connection in order, TLS first. */
  @Override
  public void close() throws IOException {
    tls.close();
  }
}
