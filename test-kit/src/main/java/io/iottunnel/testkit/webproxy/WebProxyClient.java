package io.iottunnel.testkit.webproxy;

import io.iottunnel.testkit.Peer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The client of a scripted web proxy, as a {@link Script} sees it: blocking, on the connection's
 * own thread. An {@link IOException} of any method means that the client is gone or that the test
 * has ended.
 */
public final class WebProxyClient {

  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int BLANK_LINE = 0x0d0a0d0a;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final long A_MOMENT = 200_000;

  private final ScriptedWebProxy proxy;
  private final Socket tcp;
  private final Socket spoken;
  private final InputStream in;
  private final OutputStream out;
  private boolean handedOver;

  WebProxyClient(ScriptedWebProxy proxy, Socket tcp, Socket spoken) throws IOException {
    this.proxy = proxy;
    this.tcp = tcp;
    this.spoken = spoken;
    this.in = new BufferedInputStream(spoken.getInputStream());
    this.out = spoken.getOutputStream();
  }

  /**
   * Reads the next request. What is no HTTP, such as TLS, is answered with 400 and ends the script.
   */
  public ReceivedRequest request() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lastFour = 0;
    while (lastFour != BLANK_LINE) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client has gone");
      }
      head.write(next);
      lastFour = lastFour << 8 | next;
      if ((next == TLS_HANDSHAKE && head.size() == 1) || head.size() > LONGEST_HEAD) {
        send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        finish();
        throw new EOFException("that was no request");
      }
    }
    List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    ReceivedRequest request = new ReceivedRequest(lines.get(0), lines.subList(1, lines.size() - 1));
    proxy.received(request);
    return request;
  }

  /** Waits until the client has begun to speak, whatever it says. */
  public void awaitBeginning() throws IOException {
    if (in.read() < 0) {
      throw new EOFException("the client has gone");
    }
  }

  /** Sends {@code text}, a character a byte. */
  public void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Sends {@code text} in pieces that end at {@code positions}, each in a segment of its own. */
  public void sendSplit(String text, int... positions) throws IOException {
    int from = 0;
    for (int until : positions) {
      send(text.substring(from, until));
      // Not to wait for anything: only so that TCP does not join the pieces again.
      LockSupport.parkNanos(A_MOMENT);
      from = until;
    }
    send(text.substring(from));
  }

  /** Sends {@code text} byte by byte. */
  public void drip(String text) throws IOException {
    int[] everywhere = new int[text.length()];
    Arrays.setAll(everywhere, i -> i + 1);
    sendSplit(text, everywhere);
  }

  /**
   * Does what {@code request} asks for, as a web proxy that works: opens the tunnel, or says 502.
   */
  public void serve(ReceivedRequest request) throws IOException {
    Tunnel tunnel;
    try {
      tunnel = connect(request.requireTarget());
    } catch (IOException e) {
      send("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    send(Script.OPENED);
    tunnel.carry();
  }

  /**
   * Connects to the route of {@code target}; where the proxy has no routes at all, the test is the
   * far end, and gets it from {@link ScriptedWebProxy#tunnel()}.
   */
  public Tunnel connect(String target) throws IOException {
    if (proxy.hasNoRoutes()) {
      return () -> {
        handedOver = true;
        proxy.handOver(Peer.of(tcp, spoken, in));
      };
    }
    Relay relay = new Relay(tcp, spoken, proxy.connectTo(target));
    return () -> relay.run(in, proxy::run);
  }

  /** A way through the web proxy that is ready to be used. */
  public interface Tunnel {

    /** Carries bytes both ways until both have ended. The last that a script does. */
    void carry() throws IOException;
  }

  /** Reads and discards until the client closes: says nothing at all. */
  public void awaitEnd() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Closes in order: with unread input, TCP would send a reset and destroy the last answer. */
  void finish() throws IOException {
    if (!spoken.isOutputShutdown()) {
      spoken.shutdownOutput();
    }
    awaitEnd();
  }

  boolean isHandedOver() {
    return handedOver;
  }

  /** Ends the connection with a TCP reset. */
  public void reset() {
    Peer.reset(tcp);
  }
}
