package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The other side, by hand: what a test's script does with the bytes of one connection. */
final class RawService implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final SSLServerSocket socket;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** What to do with one connection. */
  interface Script<T> {
    T run(Connection connection) throws Exception;
  }

  /** A frame as it came, unmasked. */
  record Frame(int opcode, boolean fin, ByteBuffer payload) {
    String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int closeCode() {
      return payload.getShort(0) & 0xffff;
    }
  }

  RawService(SSLContext tls) throws IOException {
    socket =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", socket.getLocalPort());
  }

  /** Runs {@code script} with the next connection, on the service's own thread. */
  <T> CompletableFuture<T> serve(Script<T> script) {
    CompletableFuture<T> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try (SSLSocket accepted = (SSLSocket) socket.accept()) {
            accepted.setSoTimeout((int) HandDrivenStream.LIMIT.toMillis());
            result.complete(script.run(new Connection(accepted)));
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    thread.shutdown();
  }

  /** A frame as a server sends it. */
  static byte[] frame(int opcode, boolean fin, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length);
    frame.put((byte) ((fin ? 0x80 : 0) | opcode));
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 65536) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** An accepted connection. */
  static final class Connection {
    private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: ([^\r]+)\r\n");
    private static final byte[] NOTHING = new byte[0];

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;

    Connection(SSLSocket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    SSLSocket socket() {
      return socket;
    }

    /** Reads up to and with the blank line. */
    String readRequest() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      return head.toString();
    }

    String upgrade() throws Exception {
      return upgrade("", NOTHING);
    }

    /**
     * Reads the request and answers 101 with these further header lines; {@code glued} follows in
     * the same record.
     */
    String upgrade(String headers, byte[] glued) throws Exception {
      String request = readRequest();
      Matcher key = KEY.matcher(request);
      if (!key.find()) {
        throw new AssertionError("no key in " + request);
      }
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      byte[] head =
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + Base64.getEncoder().encodeToString(hash)
                  + "\r\n"
                  + headers
                  + "\r\n")
              .getBytes(StandardCharsets.UTF_8);
      write(ByteBuffer.allocate(head.length + glued.length).put(head).put(glued).array());
      return request;
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(int opcode, boolean fin, byte[] payload) throws IOException {
      write(frame(opcode, fin, payload));
    }

    void close(int code, String reason) throws IOException {
      byte[] text = reason.getBytes(StandardCharsets.UTF_8);
      send(
          CLOSE,
          true,
          ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    Frame readFrame() throws IOException {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      int length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = (int) in.readLong();
      }
      if ((second & 0x80) == 0) {
        throw new AssertionError("a frame of a client without a mask");
      }
      byte[] mask = new byte[4];
      in.readFully(mask);
      byte[] payload = new byte[length];
      in.readFully(payload);
      for (int i = 0; i < length; i++) {
        payload[i] ^= mask[i & 3];
      }
      return new Frame(first & 0x0f, (first & 0x80) != 0, ByteBuffer.wrap(payload));
    }

    /** Reads until the client has closed, and says how many bytes came. */
    int readToEnd() throws IOException {
      return in.readAllBytes().length;
    }
  }
}
