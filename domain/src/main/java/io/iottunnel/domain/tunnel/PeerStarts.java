package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import java.util.function.Consumer;

/**
 * The streams and connections that the peer starts: a destination reaches for the application, in
 * the dialect of the start; a source, which nobody may send a start, resets it.
 */
final class PeerStarts {

  private final Connections connections;
  private final ToldEnds toldEnds;
  private final Consumer<Effect> out;
  private long lastLocal;

  PeerStarts(Connections connections, ToldEnds toldEnds, Consumer<Effect> out) {
    this.connections = connections;
    this.toldEnds = toldEnds;
    this.out = out;
  }

  /** Whether the session can go on. */
  boolean stream(Service service, Message.StreamStart m) {
    StreamAction action = service.step(StreamInput.STREAM_START);
    if (action == StreamAction.REPLACE) {
      service.leaveAll(c -> connections.endedByPeer(c, "its stream was replaced by a new one"));
    }
    Dialect dialect = dialectOf(m.service(), m.connection(), service);
    return obey(action, service, m.service(), m.stream(), m.connection(), dialect);
  }

  /** Whether the session can go on. */
  boolean connection(Service service, Message.ConnectionStart m) {
    boolean open = service.connection(m.connection()).isPresent();
    StreamInput input = open ? StreamInput.CONNECTION_START_OPEN : StreamInput.CONNECTION_START;
    StreamAction action = service.step(service.unlessStale(m.stream(), input));
    Dialect dialect = dialectOf(m.service(), Math.max(1, m.connection()), service);
    return obey(action, service, m.service(), m.stream(), m.connection(), dialect);
  }

  private boolean obey(
      StreamAction action,
      Service service,
      ServiceId onTheWire,
      int stream,
      int connection,
      Dialect dialect) {
    switch (action) {
      case ADOPT, REPLACE -> {
        service.stream = stream;
        service.dialect = dialect;
        connect(service, connection);
      }
      case CONNECT -> connect(service, connection);
      case REFUSE_CONNECTION ->
          service
              .connection(connection)
              .ifPresent(
                  c -> connections.endedByUs(c, "the peer started a connection of the same id"));
      case RESET_AND_RECONNECT -> {
        out.accept(new Effect.SendMessage(new Message.StreamReset(onTheWire, stream)));
        return false;
      }
      default -> out.accept(service.stale("CONNECTION_START", stream));
    }
    return true;
  }

  private void connect(Service service, int onTheWire) {
    int number = service.connectionNumber(onTheWire);
    if (connections.areFull()) {
      toldEnds.tell(service, service.dialect, service.stream, number);
      out.accept(new Effect.Refused(service.id, "the limit of active connections is reached"));
      if (!service.dialect.multiplexes()) {
        service.step(StreamInput.LONE_CONNECTION_ENDED);
      }
      return;
    }
    LocalId local = new LocalId(++lastLocal);
    connections.connect(service.attach(local, number, ConnectionState.CONNECTING));
  }

  /**
   * A named service without a name on the message is V1. Where the tunnel's service has no name,
   * its absence says nothing, and the connection id alone tells V3 from the older ones.
   */
  static Dialect dialectOf(ServiceId onTheWire, int connection, Service service) {
    if (onTheWire.isUnnamed() && (!service.id.isUnnamed() || connection == 0)) {
      return Dialect.V1;
    }
    return connection == 0 ? Dialect.V2 : Dialect.V3;
  }
}
