package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.wire.Message;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One WebSocket between a local proxy and the service; {@link Uplink} and {@link Downlink} carry.
 */
final class Link implements TunnelSession {

  private static final int CLOSE_LIMIT = 2_000;

  /** After how long TCP gives up a connection on which nothing is acknowledged. */
  private static final int TCP_LIMIT = 900_000;

  private final ProxyProcess process;
  private final World world;
  private final SessionListener listener;
  private final Uplink up;
  private final Downlink down;
  private boolean silent;
  private boolean gone;
  private boolean left;
  private boolean toldEnd;

  Link(ProxyProcess process, World world, SessionListener listener) {
    this.process = process;
    this.world = world;
    this.listener = listener;
    this.up = new Uplink(this, process, world);
    this.down = new Downlink(this, process, world, listener);
  }

  Mode mode() {
    return process.mode;
  }

  Uplink up() {
    return up;
  }

  Downlink down() {
    return down;
  }

  /** Whether nothing is carried any more. */
  boolean isGone() {
    return gone;
  }

  /** Whether nothing arrives any more, though nobody has noticed. */
  boolean isSilent() {
    return silent;
  }

  /** Whether the local proxy has left it, or knows of its end. */
  boolean isLeft() {
    return left || toldEnd;
  }

  // What the world does to it.

  /** The connection is cut; the local proxy learns it a little later. */
  void breaks(String reason) {
    if (!gone) {
      world.trace.add(() -> mode() + "'s link breaks: " + reason);
      gone = true;
      world.service.lost(this);
      process.tellSoon(() -> ends(new SessionEnd.Broken(reason)));
    }
  }

  /** The connection is dead, and nobody is told before TCP gives up. */
  void fallsSilent() {
    silent = true;
    world.clock.after(TCP_LIMIT, () -> breaks("TCP gave up"));
  }

  /** The local proxy learns of the end, once. */
  void ends(SessionEnd end) {
    gone = true;
    if (!toldEnd) {
      toldEnd = true;
      listener.ended(end);
    }
  }

  void hears(Message message) {
    down.hears(message);
  }

  void decides(Message message) {
    up.decides(message);
  }

  // What the local proxy does with it.

  @Override
  public Optional<String> channelId() {
    return Optional.empty();
  }

  @Override
  public String subprotocol() {
    return process.plot.subprotocol();
  }

  @Override
  public void send(ByteBuffer frame, Runnable sent) {
    mayAct("sends");
    up.send(frame, sent);
  }

  @Override
  public void ping(ByteBuffer payload) {
    mayAct("pings");
    assertTrue(payload.remaining() <= 125, "a long ping");
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    if (!silent && world.service.answersPings()) {
      process.tellSoon(() -> pong(copy));
    }
  }

  /** A pong comes, asked for or not. */
  void pong(ByteBuffer payload) {
    if (!gone && !silent) {
      listener.pong(payload);
    }
  }

  /** A ping of the service comes, which the transport answers. */
  void pingComes() {
    process.tellSoon(
        () -> {
          if (!gone && !silent) {
            listener.alive();
          }
        });
  }

  @Override
  public void receive() {
    mayAct("asks for a frame");
    down.receive();
  }

  @Override
  public void close(int code, String reason) {
    mayAct("closes");
    assertEquals(0, up.waiting(), "closes in front of what it sends");
    left = true;
    world.service.lost(this);
    boolean answered = !silent && !gone && !world.dice.onceIn(6);
    process.after(
        answered ? world.dice.delay() : CLOSE_LIMIT,
        () ->
            ends(
                answered
                    ? new SessionEnd.Closed(code, reason)
                    : new SessionEnd.Broken("the close was not answered")));
  }

  @Override
  public void abort() {
    left = true;
    if (!gone) {
      gone = true;
      world.service.lost(this);
      process.tellSoon(() -> ends(new SessionEnd.Broken("it was cut on this side")));
    }
  }

  private void mayAct(String what) {
    process.mayAct(what);
    assertTrue(!left, () -> mode() + " " + what + " though it has left");
  }
}
