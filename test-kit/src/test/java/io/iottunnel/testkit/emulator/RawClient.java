package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.FrameReader;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of the service that does what a test says, right or wrong. Blocking, 10 s a read. */
final class RawClient implements AutoCloseable {

  private final SSLSocket socket;
  private final FrameReader in;
  private final MessageStream stream = new MessageStream();
  private final Deque<Message> messages = new ArrayDeque<>();
  private String head = "";

  private RawClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new FrameReader(socket.getInputStream());
  }

  /** TLS is up, and nothing was sent. */
  static RawClient connect(ServiceEmulator service) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            service
                .ca()
                .clientContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), service.address().port());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new RawClient(socket);
  }

  /** The WebSocket of this end is up, and SERVICE_IDS is still to come. */
  static RawClient upgrade(ServiceEmulator service, TunnelEnd end, String... moreLines)
      throws IOException {
    RawClient client = connect(service);
    client.request(upgradeRequest(end.mode(), end.token(), moreLines));
    return client;
  }

  /** The WebSocket is up, and SERVICE_IDS was read. */
  static RawClient session(ServiceEmulator service, TunnelEnd end, String... moreLines)
      throws IOException {
    RawClient client = upgrade(service, end, moreLines);
    client.receive();
    end.awaitSession();
    return client;
  }

  static String upgradeRequest(Mode mode, String token, String... moreLines) {
    return "GET /tunnel?local-proxy-mode="
        + mode.wireName()
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: aws.iot.securetunneling-3.0\r\n"
        + ("access-token: " + token + "\r\n")
        + String.join("", Arrays.stream(moreLines).map(l -> l + "\r\n").toList())
        + "\r\n";
  }

  /** Sends a request and reads the head of its answer. */
  String request(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
    head = new String(in.readHead(), StandardCharsets.ISO_8859_1);
    return head;
  }

  /** The head of the answer to the upgrade. */
  String head() {
    return head;
  }

  String body(int length) throws IOException {
    return new String(in.readBytes(length), StandardCharsets.ISO_8859_1);
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(Frame frame) throws IOException {
    write(frame.encode());
  }

  /** Sends these messages, each in a frame. */
  void send(Message... some) throws IOException {
    for (Message message : some) {
      send(Frame.binary(message.encode()).masked());
    }
  }

  /** Sends these messages in one frame. */
  void sendTogether(Message... some) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Message message : some) {
      all.writeBytes(message.encode());
    }
    send(Frame.binary(all.toByteArray()).masked());
  }

  Frame readFrame() throws IOException {
    return in.read();
  }

  /** The next message, from as many binary frames as it takes. */
  Message receive() throws IOException {
    while (messages.isEmpty()) {
      Frame frame = in.read();
      if (frame.opcode() != Frame.BINARY) {
        throw new IOException("no message but " + frame + " " + frame.closeReason());
      }
      for (Piece piece : stream.append(frame.payload())) {
        messages.add(piece.message());
      }
    }
    return messages.remove();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
