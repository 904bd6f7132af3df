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

  private final AwakeTime awake = new AwakeTime();
  private final Deadlines deadlines = new Deadlines();
  private final Streams streams;
  private final Connections connections;
  private final Reading reading;
  private final Delivering delivering;
  private final SessionLife session;
  private List<Effect> effects = new ArrayList<>();

  public TunnelMachine(TunnelSpec spec, TunnelSettings settings) {
    this.streams = new Streams(spec, settings, deadlines, this::order);
    this.connections = streams.connections();
    this.reading = connections.reading();
    this.delivering = connections.delivering();
    this.session = new SessionLife(spec, settings, deadlines, streams, this::order);
  }

  /**
   * Takes a fact and gives the orders that follow from it. Where a deadline is kept late by more
   * than a few seconds, the process was asleep, and that time counts in no limit.
   *
   * @param now the time of a clock that never goes back, in milliseconds
   * @return the effects in the order in which to carry them out; the caller's to keep
   */
  public List<Effect> on(Event event, long now) {
    deadlines.now(awake.at(now, nextDeadline()));
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
    return awake.toCaller(Math.min(deadlines.earliest(), delivering.nextStall()));
  }

  /** Bytes that arrived and that local sides have not taken yet. */
  public long undelivered() {
    return delivering.undelivered();
  }

  private void order(Effect effect) {
    effects.add(effect);
  }

  @Override
  public Void tick(Event.Tick event) {
    for (Optional<Deadlines.Name> due = deadlines.takeDue();
        due.isPresent();
        due = deadlines.takeDue()) {
      Deadlines.Name name = due.get();
      if (name.local().equals(Deadlines.Name.OF_SESSION)) {
        session.due(name.kind());
      } else {
        connections.due(name);
      }
    }
    delivering.resetStalled();
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
  public Void reconnectRequested(Event.ReconnectRequested event) {
    session.reconnect();
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
    session.listenFailed(event.service(), event.reason());
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
    reading.readable(event.local());
    return null;
  }

  @Override
  public Void localRead(Event.LocalRead event) {
    reading.read(event.local(), event.payload(), event.more());
    return null;
  }

  @Override
  public Void localIdle(Event.LocalIdle event) {
    reading.idle(event.local());
    return null;
  }

  @Override
  public Void localEnded(Event.LocalEnded event) {
    reading.ended(event.local());
    return null;
  }

  @Override
  public Void localReadFailed(Event.LocalReadFailed event) {
    reading.failed(event.local(), event.reason());
    return null;
  }

  @Override
  public Void localWriteFailed(Event.LocalWriteFailed event) {
    delivering.failed(event.local(), event.reason());
    return null;
  }

  @Override
  public Void localDelivered(Event.LocalDelivered event) {
    delivering.delivered(event.local(), event.bytes());
    return null;
  }

  @Override
  public Void dataSent(Event.DataSent event) {
    reading.sent(event.local(), event.bytes());
    return null;
  }
}
