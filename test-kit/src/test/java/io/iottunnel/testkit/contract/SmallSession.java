package io.iottunnel.testkit.contract;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.FrameReader;
import io.iottunnel.testkit.websocket.FrameTooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * One session. {@link #run} reads, on the thread that opened it, one frame ahead of demand, and
 * makes every call of the listener but those that a {@link SmallFrameWriter} makes for what it has
 * sent.
 */
final class SmallSession implements TunnelSession {

  private final WaySocket way;
  private final SSLSocket tls;
  private final FrameReader in;
  private final SmallUpgrade upgrade;
  private final SessionListener listener;
  private final ScheduledExecutorService timer;
  private final TransportSabotage sabotage;
  private final SmallFrameCheck rules;
  private final SmallDemand demand;
  private final SmallDelivery delivery;
  private final SmallFrameWriter writer;

  SmallSession(
      WaySocket way,
      SSLSocket tls,
      FrameReader in,
      SmallUpgrade upgrade,
      SessionListener listener,
      ScheduledExecutorService timer,
      TransportSabotage sabotage)
      throws IOException {
    this.way = way;
    this.tls = tls;
    this.in = in;
    this.upgrade = upgrade;
    this.listener = listener;
    this.timer = timer;
    this.sabotage = sabotage;
    rules = new SmallFrameCheck(sabotage);
    demand = new SmallDemand(sabotage);
    delivery = new SmallDelivery(listener, demand, sabotage);
    writer = new SmallFrameWriter(tls.getOutputStream(), demand::isOver, way::abort, sabotage);
  }

  private boolean does(TransportSabotage what) {
    return sabotage == what;
  }

  // Reading.

  void run() {
    if (!does(TransportSabotage.CLOSES_BEFORE_WHAT_WAITS)) {
      writer.start();
    }
    SessionEnd end = readToTheEnd();
    demand.end(); // before it is told, so that nothing is called sent behind it
    writer.end();
    closeWay();
    listener.ended(end);
    if (does(TransportSabotage.ENDS_TWICE)) {
      listener.ended(end);
    }
  }

  private SessionEnd readToTheEnd() {
    try {
      while (true) {
        Frame frame = in.read();
        rules.check(frame);
        if (frame.opcode() == Frame.CLOSE) {
          return closedBy(frame);
        }
        handle(frame);
      }
    } catch (FrameTooLargeException e) {
      closeWith(does(TransportSabotage.CALLS_LARGE_FRAMES_A_PROTOCOL_ERROR) ? 1002 : 1009);
      return new SessionEnd.Broken(String.valueOf(e.getMessage()));
    } catch (SmallFrameCheck.Breach breach) {
      closeWith(breach.code());
      return new SessionEnd.Broken(String.valueOf(breach.getMessage()));
    } catch (IOException e) {
      return brokenBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SessionEnd.Broken("interrupted");
    }
  }

  private SessionEnd closedBy(Frame frame) {
    int code = frame.closeCode();
    if (!demand.isClosing()) {
      closeWith(code == 1005 || does(TransportSabotage.ANSWERS_CLOSE_WITH_1000) ? 1000 : code);
    }
    boolean careless = does(TransportSabotage.TELLS_1005_AS_1000) && code == 1005;
    return new SessionEnd.Closed(careless ? 1000 : code, frame.closeReason());
  }

  private SessionEnd brokenBy(IOException e) {
    boolean reset = e instanceof SocketException || "Connection reset".equals(e.getMessage());
    boolean endOfFile = e instanceof EOFException;
    if ((reset && does(TransportSabotage.CALLS_A_RESET_A_CLOSE))
        || (endOfFile && does(TransportSabotage.CALLS_AN_END_OF_FILE_A_CLOSE))) {
      return new SessionEnd.Closed(1006, "");
    }
    return new SessionEnd.Broken(e.toString());
  }

  private void handle(Frame frame) throws InterruptedException {
    switch (frame.opcode()) {
      case Frame.PING -> pinged(frame.payload());
      case Frame.PONG -> {
        if (does(TransportSabotage.CHANGES_PONGS)) {
          frame.payload()[0] = 0;
        }
        listener.pong(ByteBuffer.wrap(frame.payload()));
      }
      default -> delivery.deliver(frame);
    }
  }

  private void pinged(byte[] payload) {
    if (rules.isAmongFragments()) {
      delivery.pingCameAmongFragments();
    }
    boolean empty = does(TransportSabotage.PONGS_WITHOUT_PAYLOAD) && !demand.isThere();
    Frame pong = Frame.of(Frame.PONG, empty ? new byte[0] : payload);
    writer.control(pong);
    if (does(TransportSabotage.PONGS_TWICE) && payload.length == 125) {
      writer.control(pong);
    }
    listener.alive();
  }

  // What the engine asks for.

  @Override
  public void send(ByteBuffer frame, Runnable sent) {
    writer.data(frame, sent);
  }

  @Override
  public void ping(ByteBuffer payload) {
    if (does(TransportSabotage.SENDS_A_CALLERS_PING_LATER)) {
      timer.schedule(
          () -> writer.control(Frame.of(Frame.PING, RecordingListener.copy(payload))),
          20,
          TimeUnit.MILLISECONDS);
    } else {
      writer.control(Frame.of(Frame.PING, RecordingListener.copy(payload)));
    }
  }

  @Override
  public void receive() {
    demand.ask();
  }

  @Override
  public void close(int code, String reason) {
    if (demand.close()) {
      writer.close(Frame.close(code, reason));
      timer.schedule(way::abort, 2, TimeUnit.SECONDS);
    }
  }

  @Override
  public void abort() {
    if (does(TransportSabotage.ABORTS_WITH_A_CLOSE_FRAME)) {
      closeWith(1001);
    }
    way.abort();
    demand.end();
  }

  /** Sends a close frame and waits until it is written. */
  private void closeWith(int code) {
    if (!writer.last(Frame.close(code, ""))) {
      way.abort();
    }
  }

  private void closeWay() {
    try {
      tls.close();
    } catch (IOException e) {
      way.abort();
    }
  }

  @Override
  public Optional<String> channelId() {
    return does(TransportSabotage.FORGETS_THE_CHANNEL)
        ? Optional.empty()
        : upgrade.field("channel-id");
  }

  @Override
  public String subprotocol() {
    return upgrade.field("Sec-WebSocket-Protocol").orElse("");
  }
}
