package io.iottunnel.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * The far end of a connection under test, blocking and plain: what a client, an application or the
 * service does to an adapter. Every read ends by itself after {@link Deadline#limit} where there is
 * TCP.
 */
public final class Peer implements AutoCloseable {

  /** An action on a connection. */
  private interface Action {
    void run() throws IOException;
  }

  private final InputStream in;
  private final OutputStream out;
  private final Action finish;
  private final Action reset;
  private final Action close;

  private Peer(InputStream in, OutputStream out, Action finish, Action reset, Action close) {
    this.in = in;
    this.out = out;
    this.finish = finish;
    this.reset = reset;
    this.close = close;
  }

  /** The far end of a TCP connection. */
  public static Peer of(Socket tcp) throws IOException {
    return of(tcp, tcp, new BufferedInputStream(tcp.getInputStream()));
  }

  /**
   * The far end of a TCP connection of which some bytes may have been read ahead.
   *
   * @param tcp the connection
   * @param spoken what is spoken over it: itself, or TLS over it
   * @param in what is left to read of {@code spoken}
   */
  public static Peer of(Socket tcp, Socket spoken, InputStream in) throws IOException {
    tcp.setSoTimeout((int) Deadline.limit().toMillis());
    tcp.setTcpNoDelay(true);
    return new Peer(
        in, spoken.getOutputStream(), spoken::shutdownOutput, () -> reset(tcp), tcp::close);
  }

  /** The far end of a Unix socket, which knows no reset: {@link #reset} is {@link #close}. */
  public static Peer of(SocketChannel unix) {
    return new Peer(
        Channels.newInputStream(unix),
        Channels.newOutputStream(unix),
        unix::shutdownOutput,
        unix::close,
        unix::close);
  }

  /** The far end of two pipes, which know no reset: {@link #reset} is {@link #close}. */
  public static Peer of(InputStream in, OutputStream out) {
    Action close =
        () -> {
          out.close();
          in.close();
        };
    return new Peer(in, out, out::close, close, close);
  }

  /** What the adapter sends. */
  public InputStream in() {
    return in;
  }

  /** What the adapter is to receive. */
  public OutputStream out() {
    return out;
  }

  /** Sends {@code bytes}. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Reads exactly {@code count} bytes. */
  public byte[] receive(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads to the end; a reset or a time-out throws. */
  public byte[] receiveAll() throws IOException {
    return in.readAllBytes();
  }

  /** Reads and discards to the end, which may be a reset. */
  public void awaitEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // The end, too. A time-out is no SocketException.
    }
  }

  /** Sends the end of file; reading goes on. */
  public void finish() throws IOException {
    finish.run();
  }

  /** Resets the connection. */
  public void reset() throws IOException {
    reset.run();
  }

  @Override
  public void close() throws IOException {
    close.run();
  }

  /** Ends {@code tcp} with a reset, if it is still open. */
  public static void reset(Socket tcp) {
    try (tcp) {
      tcp.setSoLinger(true, 0);
    } catch (SocketException closed) {
      // By whoever was faster.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
