package io.iottunnel.domain.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One end of a tunnel, as a pure machine: facts in, orders out. No clock, no thread, no socket, no
 * chance; time is an argument and deadlines are data.
 *
 * <p>{@link SessionLife} connects, greets, pings and reconnects; {@link Streams} knows the services
 * and their streams; {@link Connections} knows the local sides and keeps the bounds. Confined to
 * one thread at a time.
 */
public final class TunnelMachine implements Event.Cases<Void> {

  private final Deadlines deadlines = new Deadlines();
  private final Streams streams;
  private final Connections connections;
  private final SessionLife session;
  private List<Effect> effects = new ArrayList<>();
  private long now;

  public TunnelMachine(TunnelSpec spec, TunnelSettings settings) {
    this.streams = new Streams(spec, settings, deadlines, this::order);
    this.connections = streams.connections();
    this.session = new SessionLife(spec, settings, deadlines, streams, this::order);
  }

  /**
   * Takes a fact and gives the orders that follow from it.
   *
   * @param now the time of a clock that never goes back, in milliseconds
   * @return the effects in the order in which to carry them out; the caller's to keep
   */
  public List<Effect> on(Event event, long now) {
    this.now = now;
    session.at(now);
    connections.at(now);
    event.match(this);
    session.settle();
    List<Effect> orders = effects;
    effects = new ArrayList<>();
    return orders;
  }

  /**
   * When a {@link Event.Tick} is due next, in the time of {@link #on}; {@link Long#MAX_VALUE} for
   * never.
   */
  public long nextDeadline() {
    return Math.min(deadlines.earliest(), connections.nextStall());
  }

  /** Bytes that arrived and that local sides have not taken yet. */
  public long undelivered() {
    return connections.backlog().total();
  }

  private void order(Effect effect) {
    effects.add(effect);
  }

  @Override
  public Void tick(Event.Tick event) {
    for (Optional<Deadlines.Name> due = deadlines.takeDue(now);
        due.isPresent();
        due = deadlines.takeDue(now)) {
      Deadlines.Name name = due.get();
      if (name.local().equals(Deadlines.Name.OF_SESSION)) {
        session.due(name.kind());
      } else {
        connections.due(name);
      }
    }
    connections.stalled().ifPresent(connections::reset);
    return null;
  }

  @Override
  public Void connectDue(Event.ConnectDue event) {
    session.connect();
    return null;
  }

  @Override
  public Void stopRequested(Event.StopRequested event) {
    session.stop();
    return null;
  }

  @Override
  public Void sessionUp(Event.SessionUp event) {
    session.up(event.subprotocol());
    return null;
  }

  @Override
  public Void connectFailed(Event.ConnectFailed event) {
    session.connectFailed(event.reason());
    return null;
  }

  @Override
  public Void sessionClosed(Event.SessionClosed event) {
    session.closed(event.code(), event.reason());
    return null;
  }

  @Override
  public Void sessionBroken(Event.SessionBroken event) {
    session.lost(event.reason());
    return null;
  }

  @Override
  public Void messageReceived(Event.MessageReceived event) {
    session.received(event.message());
    return null;
  }

  @Override
  public Void nonsenseReceived(Event.NonsenseReceived event) {
    session.protocolBroken("the service sent what is no message: " + event.detail());
    return null;
  }

  @Override
  public Void frameRead(Event.FrameRead event) {
    session.frameRead();
    return null;
  }

  @Override
  public Void pongReceived(Event.PongReceived event) {
    session.pong(event.number());
    return null;
  }

  @Override
  public Void sessionAlive(Event.SessionAlive event) {
    session.alive();
    return null;
  }

  @Override
  public Void listenFailed(Event.ListenFailed event) {
    session.fail(event.reason());
    return null;
  }

  @Override
  public Void clientAccepted(Event.ClientAccepted event) {
    session.clientAccepted(event.local(), event.service());
    return null;
  }

  @Override
  public Void localConnected(Event.LocalConnected event) {
    connections.connected(event.local());
    return null;
  }

  @Override
  public Void localConnectFailed(Event.LocalConnectFailed event) {
    connections.connectFailed(event.local(), event.reason());
    return null;
  }

  @Override
  public Void localReadable(Event.LocalReadable event) {
    connections.readable(event.local());
    return null;
  }

  @Override
  public Void localRead(Event.LocalRead event) {
    connections.read(event.local(), event.payload(), event.more());
    return null;
  }

  @Override
  public Void localIdle(Event.LocalIdle event) {
    connections.idle(event.local());
    return null;
  }

  @Override
  public Void localEnded(Event.LocalEnded event) {
    connections.ended(event.local());
    return null;
  }

  @Override
  public Void localReadFailed(Event.LocalReadFailed event) {
    connections.readFailed(event.local(), event.reason());
    return null;
  }

  @Override
  public Void localWriteFailed(Event.LocalWriteFailed event) {
    connections.writeFailed(event.local(), event.reason());
    return null;
  }

  @Override
  public Void localDelivered(Event.LocalDelivered event) {
    connections.delivered(event.local(), event.bytes());
    return null;
  }

  @Override
  public Void dataSent(Event.DataSent event) {
    connections.sent(event.local(), event.bytes());
    return null;
  }
}
