package io.iottunnel.testkit.contract;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.FrameReader;
import io.iottunnel.testkit.websocket.FrameTooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * One session. {@link #run} reads, on the thread that opened it, one frame ahead of demand, and
 * makes every call of the listener; a second thread writes what is queued.
 */
final class SmallSession implements TunnelSession {

  private final WaySocket way;
  private final SSLSocket tls;
  private final FrameReader in;
  private final OutputStream out;
  private final SmallUpgrade upgrade;
  private final SessionListener listener;
  private final ScheduledExecutorService timer;
  private final TransportSabotage sabotage;
  private final BlockingDeque<Outgoing> queue = new LinkedBlockingDeque<>();
  private final byte[] reused = new byte[4096];
  private final Thread writer = new Thread(this::write, "small-transport-writer");
  private boolean fragmented;
  private boolean pingAmongFragments;

  // Guarded by this.
  private Optional<Outgoing> overtaken = Optional.empty();
  private int demand;
  private boolean closing;
  private boolean over;

  private record Outgoing(Frame frame, Runnable sent) {}

  /** The service broke the rules, or the connection broke (code 0). */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Broken(int code, String message) {
      super(message);
      this.code = code;
    }
  }

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
    this.out = tls.getOutputStream();
    this.upgrade = upgrade;
    this.listener = listener;
    this.timer = timer;
    this.sabotage = sabotage;
  }

  private boolean does(TransportSabotage what) {
    return sabotage == what;
  }

  // Reading.

  void run() {
    writer.setDaemon(true);
    if (!does(TransportSabotage.CLOSES_BEFORE_WHAT_WAITS)) {
      writer.start();
    }
    SessionEnd end = readToTheEnd();
    // Over before it is told, so that nothing is called sent behind it.
    synchronized (this) {
      over = true;
    }
    writer.interrupt();
    join(writer);
    if (does(TransportSabotage.CALLS_SENT_FOR_WHAT_WAITED)) {
      queue.forEach(waiting -> waiting.sent().run());
    }
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
        check(frame);
        if (frame.opcode() == Frame.CLOSE) {
          int code = frame.closeCode();
          answerClose(code);
          boolean careless = does(TransportSabotage.TELLS_1005_AS_1000) && code == 1005;
          return new SessionEnd.Closed(careless ? 1000 : code, frame.closeReason());
        }
        handle(frame);
      }
    } catch (FrameTooLargeException e) {
      closeWith(does(TransportSabotage.CALLS_LARGE_FRAMES_A_PROTOCOL_ERROR) ? 1002 : 1009);
      return new SessionEnd.Broken(String.valueOf(e.getMessage()));
    } catch (Broken breach) {
      closeWith(breach.code);
      return new SessionEnd.Broken(String.valueOf(breach.getMessage()));
    } catch (IOException e) {
      return brokenBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SessionEnd.Broken("interrupted");
    }
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

  private void check(Frame frame) throws Broken {
    require(
        frame.opcode() != Frame.TEXT,
        does(TransportSabotage.CALLS_TEXT_A_PROTOCOL_ERROR) ? 1002 : 1003,
        "text");
    require(
        frame.reserved() == 0,
        orUnacceptable(TransportSabotage.CALLS_RESERVED_BITS_UNACCEPTABLE),
        "rsv");
    require(
        !frame.isMasked(),
        orUnacceptable(TransportSabotage.CALLS_MASKED_FRAMES_UNACCEPTABLE),
        "masked");
    int opcode = frame.opcode();
    require(
        opcode <= Frame.BINARY || (opcode >= Frame.CLOSE && opcode <= Frame.PONG),
        orUnacceptable(TransportSabotage.CALLS_UNKNOWN_OPCODES_UNACCEPTABLE),
        "opcode");
    require(
        !frame.isControl() || (frame.fin() && frame.payload().length <= 125),
        orUnacceptable(TransportSabotage.CALLS_CONTROL_FRAMES_UNACCEPTABLE),
        "control");
    require(
        frame.isControl() || fragmented == (opcode == Frame.CONTINUATION),
        orUnacceptable(TransportSabotage.CALLS_FRAGMENTS_UNACCEPTABLE),
        "fragments");
    if (!frame.isControl()) {
      fragmented = !frame.fin();
    }
  }

  private int orUnacceptable(TransportSabotage careless) {
    return does(careless) ? 1003 : 1002;
  }

  private static void require(boolean good, int code, String what) throws Broken {
    if (!good) {
      throw new Broken(code, what);
    }
  }

  private void handle(Frame frame) throws InterruptedException {
    switch (frame.opcode()) {
      case Frame.PING -> {
        pingAmongFragments |= fragmented;
        byte[] payload =
            does(TransportSabotage.PONGS_WITHOUT_PAYLOAD) && !hasDemand()
                ? new byte[0]
                : frame.payload();
        queue.add(new Outgoing(Frame.of(Frame.PONG, payload), () -> {}));
        if (does(TransportSabotage.PONGS_TWICE) && payload.length == 125) {
          queue.add(new Outgoing(Frame.of(Frame.PONG, payload), () -> {}));
        }
        listener.alive();
      }
      case Frame.PONG -> {
        if (does(TransportSabotage.CHANGES_PONGS)) {
          frame.payload()[0] = 0;
        }
        listener.pong(ByteBuffer.wrap(frame.payload()));
      }
      default -> deliver(frame);
    }
  }

  private void deliver(Frame frame) throws InterruptedException {
    byte[] payload = frame.payload();
    if (payload.length == 0 || discards(payload.length)) {
      return;
    }
    if (spoils(frame)) {
      payload[payload.length - 1]++;
    }
    if (does(TransportSabotage.REUSES_A_BUFFER_EARLY)) {
      System.arraycopy(payload, 0, reused, 0, payload.length);
      payload = reused;
    }
    if (awaitDemand()) {
      if (does(TransportSabotage.TELLS_TWO_THINGS_AT_ONCE)) {
        new Thread(listener::alive).start();
      }
      listener.frame(ByteBuffer.wrap(payload, 0, frame.payload().length));
    }
  }

  private boolean discards(int length) {
    return does(TransportSabotage.DROPS_FRAMES_BEFORE_A_CLOSE)
        || (does(TransportSabotage.READS_WITHOUT_BOUND) && length > 1);
  }

  private boolean spoils(Frame frame) {
    boolean continued = frame.opcode() == Frame.CONTINUATION && pingAmongFragments;
    return (continued && does(TransportSabotage.SPOILS_CONTINUATIONS_BEHIND_A_PING))
        || (frame.payload().length > 32_767 && does(TransportSabotage.SPOILS_LONG_FRAMES));
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** Returns whether the frame is to be delivered; not when it came behind our close. */
  private synchronized boolean awaitDemand() throws InterruptedException {
    while (demand == 0 && !closing && !over && !does(TransportSabotage.IGNORES_DEMAND)) {
      wait();
    }
    if (closing || over) {
      return false;
    }
    demand = does(TransportSabotage.ADDS_DEMAND_UP) ? demand - 1 : 0;
    return true;
  }

  private synchronized boolean hasDemand() {
    return demand > 0;
  }

  // Writing.

  private void write() {
    try {
      while (true) {
        Outgoing next = queue.take();
        Frame frame = next.frame();
        out.write(
            does(TransportSabotage.SENDS_UNMASKED) ? frame.encode() : frame.masked().encode());
        if (isOver()) {
          return;
        }
        next.sent().run();
        if (does(TransportSabotage.CALLS_SENT_TWICE)) {
          next.sent().run();
        }
      }
    } catch (IOException e) {
      way.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void send(ByteBuffer frame, Runnable sent) {
    byte[] payload = RecordingListener.copy(frame);
    switch (sabotage) {
      case SPLITS_LARGE_FRAMES -> {
        queue.add(new Outgoing(Frame.binary(Arrays.copyOf(payload, 100)), () -> {}));
        queue.add(
            new Outgoing(Frame.binary(Arrays.copyOfRange(payload, 100, payload.length)), sent));
      }
      case WRITES_BEHIND_THE_FRAME -> {
        frame.duplicate().clear().put(frame.limit(), (byte) 0);
        queue.add(new Outgoing(Frame.binary(payload), sent));
      }
      case CALLS_SENT_AT_ONCE -> {
        sent.run();
        queue.add(new Outgoing(Frame.binary(payload), () -> {}));
      }
      case LETS_LATER_FRAMES_OVERTAKE -> overtake(new Outgoing(Frame.binary(payload), sent));
      default -> queue.add(new Outgoing(Frame.binary(payload), sent));
    }
  }

  private synchronized void overtake(Outgoing next) {
    if (overtaken.isEmpty()) {
      overtaken = Optional.of(next);
    } else {
      queue.add(next);
      queue.add(overtaken.get());
      overtaken = Optional.empty();
    }
  }

  @Override
  public void ping(ByteBuffer payload) {
    if (does(TransportSabotage.SENDS_A_CALLERS_PING_LATER)) {
      timer.schedule(
          () ->
              queue.add(
                  new Outgoing(Frame.of(Frame.PING, RecordingListener.copy(payload)), () -> {})),
          20,
          TimeUnit.MILLISECONDS);
    } else {
      queue.add(new Outgoing(Frame.of(Frame.PING, RecordingListener.copy(payload)), () -> {}));
    }
  }

  @Override
  public synchronized void receive() {
    demand = does(TransportSabotage.ADDS_DEMAND_UP) ? demand + 1 : 1;
    notifyAll();
  }

  // Ending.

  @Override
  public void close(int code, String reason) {
    synchronized (this) {
      if (closing || over) {
        return;
      }
      closing = true;
      notifyAll();
    }
    if (does(TransportSabotage.CLOSES_BEFORE_WHAT_WAITS)) {
      queue.addFirst(new Outgoing(Frame.close(code, reason), () -> {}));
      writer.start();
    } else {
      queue.add(new Outgoing(Frame.close(code, reason), () -> {}));
    }
    timer.schedule(way::abort, 2, TimeUnit.SECONDS);
  }

  private void answerClose(int code) {
    boolean answered;
    synchronized (this) {
      answered = closing;
    }
    if (!answered) {
      closeWith(code == 1005 || does(TransportSabotage.ANSWERS_CLOSE_WITH_1000) ? 1000 : code);
    }
  }

  /** Sends a close frame and waits until it is written. */
  private void closeWith(int code) {
    CountDownLatch written = new CountDownLatch(1);
    queue.add(new Outgoing(Frame.close(code, ""), written::countDown));
    try {
      if (!written.await(2, TimeUnit.SECONDS)) {
        way.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void abort() {
    if (does(TransportSabotage.ABORTS_WITH_A_CLOSE_FRAME)) {
      closeWith(1001);
    }
    way.abort();
    synchronized (this) {
      over = true;
      notifyAll();
    }
  }

  private void closeWay() {
    try {
      tls.close();
    } catch (IOException e) {
      way.abort();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
