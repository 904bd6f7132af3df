package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import java.util.LinkedHashMap;
import java.util.Map;

/** One service of the tunnel and its stream. Changed by {@link Streams} alone. */
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
  final Map<Integer, Connection> connections = new LinkedHashMap<>();

  Service(ServiceId id, Endpoint endpoint) {
    this.id = id;
    this.endpoint = endpoint;
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
}
