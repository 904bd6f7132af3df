package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One service of the tunnel and its stream: runs {@link StreamTable} for it. */
final class Service {
  final ServiceId id;

  /** Where its application is, or where its clients are accepted. */
  final Endpoint endpoint;

  StreamState state = StreamState.NONE;

  /**
   * The active stream, and the last one when there is none: stream ids of a source grow for the
   * life of the process.
   */
  int stream;

  /** The dialect of the active stream. */
  Dialect dialect = Dialect.V3;

  /** The last connection id given in the active stream; they are never used again in it. */
  int lastConnection;

  /** The connections of the active stream by their ids; one that drains is not among them. */
  private final Map<Integer, Connection> connections = new LinkedHashMap<>();

  private final Mode mode;

  Service(ServiceId id, Endpoint endpoint, Mode mode) {
    this.id = id;
    this.endpoint = endpoint;
    this.mode = mode;
  }

  /** Takes its stream to the next state, and tells what is to be done. */
  StreamAction step(StreamInput input) {
    StreamTable.Step step =
        mode == Mode.SOURCE
            ? StreamTable.atSource(state, input)
            : StreamTable.atDestination(state, input);
    state = step.next();
    return step.action();
  }

  /** What a message about this stream amounts to: nothing where another stream is active. */
  StreamInput unlessStale(int stream, StreamInput input) {
    return state == StreamState.ACTIVE && this.stream != stream ? StreamInput.STALE : input;
  }

  /** A connection of the active stream begins. */
  Connection attach(LocalId local, int number, ConnectionState begun) {
    Connection connection = new Connection(local, this, stream, number, dialect, begun);
    connections.put(number, connection);
    return connection;
  }

  /** The connection of the active stream that a message means by this id. */
  Optional<Connection> connection(int onTheWire) {
    return Optional.ofNullable(connections.get(connectionNumber(onTheWire)));
  }

  /** All connections leave the stream, and {@code end} ends each. */
  void leaveAll(Consumer<Connection> end) {
    List<Connection> leaving = List.copyOf(connections.values());
    connections.clear();
    leaving.forEach(end);
  }

  /** A connection leaves the stream; whether it was still one of it. */
  boolean leave(Connection connection) {
    return connections.remove(connection.number, connection);
  }

  /** The service id as messages of this dialect carry it. */
  ServiceId onTheWire(Dialect dialect) {
    return dialect == Dialect.V1 ? ServiceId.UNNAMED : id;
  }

  /**
   * The key of a connection: a V3 message without an id means the first, and older dialects have
   * but one.
   */
  int connectionNumber(int onTheWire) {
    return onTheWire == 0 || !dialect.multiplexes() ? 1 : onTheWire;
  }

  /** The reset that ends one connection, in the dialect of its stream. */
  Message reset(Dialect dialect, int stream, int connection) {
    return dialect.multiplexes()
        ? new Message.ConnectionReset(onTheWire(dialect), stream, connection)
        : new Message.StreamReset(onTheWire(dialect), stream);
  }

  /** Tells that a message about another stream was dropped. */
  Effect stale(String what, int stream) {
    return new Effect.Ignored("stale " + what + ": " + id + "/" + stream);
  }
}
