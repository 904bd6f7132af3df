package io.iottunnel.engine;

import io.iottunnel.ports.TunnelSession;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A WebSocket that does what a test says, on the test's thread. */
final class FakeSession implements TunnelSession {

  private final List<ByteBuffer> sent = new ArrayList<>();
  private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
  private final List<Long> pings = new ArrayList<>();
  private int smallestHeadroom = Integer.MAX_VALUE;
  private boolean takesAtOnce;
  private int asked;
  private String end = "";

  /** Frames are taken as they come from now on. */
  FakeSession takingAtOnce() {
    takesAtOnce = true;
    return this;
  }

  /** The transport hands the oldest frame to the network. */
  void takesFrame() {
    callbacks.remove().run();
  }

  /** Every frame sent, as its size and its first byte. */
  List<String> frames() {
    return sent.stream().map(f -> f.remaining() + "" + (char) f.get(f.position())).toList();
  }

  /** Copies of all frames sent. */
  List<ByteBuffer> sent() {
    return sent;
  }

  int smallestHeadroom() {
    return smallestHeadroom;
  }

  List<Long> pings() {
    return pings;
  }

  /** How often a frame was asked for. */
  int asked() {
    return asked;
  }

  /** The close code and reason, "aborted", or nothing. */
  String end() {
    return end;
  }

  @Override
  public Optional<String> channelId() {
    return Optional.of("channel-1");
  }

  @Override
  public String subprotocol() {
    return "aws.iot.securetunneling-3.0";
  }

  @Override
  public void send(ByteBuffer frame, Runnable done) {
    smallestHeadroom = Math.min(smallestHeadroom, frame.position());
    sent.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
    callbacks.add(done);
    if (takesAtOnce) {
      takesFrame();
    }
  }

  @Override
  public void ping(ByteBuffer payload) {
    pings.add(payload.getLong(payload.position()));
  }

  @Override
  public void receive() {
    asked++;
  }

  @Override
  public void close(int code, String reason) {
    end = (code + " " + reason).trim();
  }

  @Override
  public void abort() {
    end = "aborted";
  }
}
