package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The services of the tunnel and their streams: runs {@link StreamTable} for each. */
final class Streams {

  /**
   * How many connections are remembered as over; the end of one that is forgotten may be told once
   * more.
   */
  private static final int REMEMBERED = 4096;

  /** A connection that is over, under its id on the wire: 0 for the only one of its stream. */
  private record Over(ServiceId service, int stream, int connection) {}

  private final Mode mode;
  private final Consumer<Effect> out;
  private final Connections connections;
  private final Map<ServiceId, Service> known = new HashMap<>();
  private final Map<ServiceId, Service> services = new LinkedHashMap<>();
  private final Set<Over> over = new LinkedHashSet<>();
  private Dialect sourceDialect;
  private long lastLocal;

  Streams(TunnelSpec spec, TunnelSettings settings, Deadlines deadlines, Consumer<Effect> out) {
    this.mode = spec.mode();
    this.sourceDialect = spec.dialect();
    this.out = out;
    this.connections = new Connections(mode, settings, deadlines, out, this::detached);
  }

  Connections connections() {
    return connections;
  }

  /** What a source speaks in the session that begins. */
  void speak(Dialect dialect) {
    sourceDialect = dialect;
  }

  /** Takes the tunnel's services; one that it had before goes on with its count of stream ids. */
  void serve(Map<ServiceId, Endpoint> mapping) {
    services.clear();
    mapping.forEach(
        (id, endpoint) ->
            services.put(id, known.computeIfAbsent(id, s -> new Service(s, endpoint))));
  }

  // A source's clients.

  void clientAccepted(LocalId local, ServiceId id) {
    Service service = services.get(id);
    if (service == null) {
      refuse(local, id, "the tunnel no longer has this service");
    } else if (connections.areFull()) {
      refuse(local, id, "the limit of active connections is reached (tcp.max_active_connections)");
    } else {
      StreamInput input =
          sourceDialect.multiplexes() ? StreamInput.CLIENT : StreamInput.LONE_CLIENT;
      StreamTable.Step step = step(service, input);
      switch (step.action()) {
        case START -> start(service, local);
        case JOIN -> join(service, local);
        default -> refuse(local, id, "it serves one client at a time, and one is connected");
      }
    }
  }

  private void refuse(LocalId local, ServiceId id, String reason) {
    out.accept(new Effect.AbortLocal(local));
    out.accept(new Effect.Refused(id, reason));
  }

  private void start(Service service, LocalId local) {
    service.stream++;
    service.dialect = sourceDialect;
    service.lastConnection = 1;
    send(
        new Message.StreamStart(
            service.onTheWire(sourceDialect), service.stream, sourceDialect.multiplexes() ? 1 : 0));
    connections.accepted(attach(service, local, 1, ConnectionState.OPEN));
  }

  private void join(Service service, LocalId local) {
    int number = ++service.lastConnection;
    send(new Message.ConnectionStart(service.onTheWire(service.dialect), service.stream, number));
    connections.accepted(attach(service, local, number, ConnectionState.OPEN));
  }

  private Connection attach(Service service, LocalId local, int number, ConnectionState state) {
    Connection connection =
        new Connection(local, service, service.stream, number, service.dialect, state);
    service.connections.put(number, connection);
    return connection;
  }

  // What the peer sends. A start answers whether the session can go on.

  boolean streamStart(Message.StreamStart m) {
    return find(m.service())
        .filter(service -> isStartable(service, m.stream()))
        .map(
            service -> {
              StreamAction action = step(service, StreamInput.STREAM_START).action();
              if (action == StreamAction.REPLACE) {
                endAll(service, "its stream was replaced by a new one");
              }
              return adoptOrRefuse(
                  service, action, m.stream(), m.connection(), dialectOf(m, service));
            })
        .orElse(mode == Mode.DESTINATION);
  }

  boolean connectionStart(Message.ConnectionStart m) {
    return find(m.service())
        .filter(service -> isStartable(service, m.stream()))
        .map(
            service -> {
              boolean current = service.state == StreamState.NONE || service.stream == m.stream();
              boolean open = openConnection(service, m.connection()).isPresent();
              StreamInput input =
                  !current
                      ? StreamInput.STALE
                      : open ? StreamInput.CONNECTION_START_OPEN : StreamInput.CONNECTION_START;
              StreamAction action = step(service, input).action();
              Dialect dialect = dialectOf(m.service(), Math.max(1, m.connection()), service);
              return adoptOrRefuse(service, action, m.stream(), m.connection(), dialect);
            })
        .orElse(mode == Mode.DESTINATION);
  }

  private boolean isStartable(Service service, int stream) {
    if (stream == 0) {
      out.accept(new Effect.Warned("a start without a stream id for " + service.id));
    }
    return stream != 0;
  }

  private boolean adoptOrRefuse(
      Service service, StreamAction action, int stream, int connection, Dialect dialect) {
    switch (action) {
      case ADOPT, REPLACE -> {
        service.stream = stream;
        service.dialect = dialect;
        connect(service, connection);
      }
      case CONNECT -> connect(service, connection);
      case REFUSE_CONNECTION ->
          openConnection(service, connection)
              .ifPresent(
                  c -> connections.endedByUs(c, "the peer started a connection of the same id"));
      case RESET_AND_RECONNECT -> {
        send(new Message.StreamReset(service.onTheWire(sourceDialect), stream));
        return false;
      }
      default -> ignored("CONNECTION_START", service.id, stream);
    }
    return true;
  }

  private void connect(Service service, int onTheWire) {
    int number = service.connectionNumber(onTheWire);
    if (connections.areFull()) {
      answerReset(service, service.dialect, service.stream, number);
      out.accept(new Effect.Refused(service.id, "the limit of active connections is reached"));
      if (!service.dialect.multiplexes()) {
        step(service, StreamInput.LONE_CONNECTION_ENDED);
      }
      return;
    }
    LocalId local = new LocalId(++lastLocal);
    connections.connect(attach(service, local, number, ConnectionState.CONNECTING));
  }

  void data(Message.Data m) {
    withService(
        m.service(),
        service -> {
          Optional<Connection> open = openConnection(service, m.connection());
          StreamInput input = open.isPresent() ? StreamInput.DATA : StreamInput.DATA_ASTRAY;
          switch (step(service, current(service, m.stream(), input)).action()) {
            case DELIVER ->
                open.filter(c -> m.payload().hasRemaining())
                    .ifPresent(c -> connections.received(c, m.payload()));
            case ANSWER_RESET -> answerAstray(service, m);
            default -> ignored("DATA", service.id, m.stream());
          }
        });
  }

  private void answerAstray(Service service, Message.Data m) {
    ignored("DATA of a connection that is not open", service.id, m.stream());
    if (m.stream() != 0) {
      boolean isKnown = service.state == StreamState.ACTIVE;
      Dialect dialect = isKnown ? service.dialect : dialectOf(m.service(), m.connection(), service);
      answerReset(service, dialect, m.stream(), Math.max(1, m.connection()));
    }
  }

  /**
   * Tells the end of a connection that never was, but once only: a second reset might meet the next
   * stream of a peer that does not look at its id.
   */
  private void answerReset(Service service, Dialect dialect, int stream, int connection) {
    if (remember(service, dialect, stream, connection)) {
      send(service.reset(dialect, stream, connection));
    }
  }

  private boolean remember(Service service, Dialect dialect, int stream, int connection) {
    if (over.size() >= REMEMBERED) {
      over.remove(over.iterator().next());
    }
    return over.add(new Over(service.id, stream, dialect.multiplexes() ? connection : 0));
  }

  void connectionReset(Message.ConnectionReset m) {
    withService(
        m.service(),
        service -> {
          StreamInput input = current(service, m.stream(), StreamInput.CONNECTION_RESET);
          Connection connection = service.connections.get(service.connectionNumber(m.connection()));
          if (step(service, input).action() == StreamAction.END_CONNECTION && connection != null) {
            connections.endedByPeer(connection, "the peer closed it");
          } else {
            ignored("CONNECTION_RESET", service.id, m.stream());
          }
        });
  }

  void streamReset(Message.StreamReset m) {
    withService(
        m.service(),
        service -> {
          StreamInput input = current(service, m.stream(), StreamInput.STREAM_RESET);
          if (step(service, input).action() == StreamAction.END_STREAM) {
            endAll(service, "the peer closed its stream");
          } else {
            ignored("STREAM_RESET", service.id, m.stream());
          }
        });
  }

  /** Every stream is over, at once: the session was reset, or is lost. */
  void endAll(String reason) {
    for (Service service : services.values()) {
      if (step(service, StreamInput.ALL_ENDED).action() == StreamAction.END_STREAM) {
        endAll(service, reason);
      }
    }
    over.clear();
  }

  private void endAll(Service service, String reason) {
    List<Connection> ending = List.copyOf(service.connections.values());
    service.connections.clear();
    ending.forEach(c -> connections.endedByPeer(c, reason));
  }

  private void detached(Connection connection) {
    Service service = connection.service;
    remember(service, connection.dialect, connection.stream, connection.number);
    boolean wasOfTheStream = service.connections.remove(connection.number, connection);
    if (wasOfTheStream && !connection.dialect.multiplexes()) {
      step(service, StreamInput.LONE_CONNECTION_ENDED);
    }
  }

  // The parts.

  private StreamTable.Step step(Service service, StreamInput input) {
    StreamTable.Step step =
        mode == Mode.SOURCE
            ? StreamTable.atSource(service.state, input)
            : StreamTable.atDestination(service.state, input);
    service.state = step.next();
    return step;
  }

  private static StreamInput current(Service service, int stream, StreamInput input) {
    return service.state == StreamState.ACTIVE && service.stream != stream
        ? StreamInput.STALE
        : input;
  }

  private static Dialect dialectOf(Message.StreamStart m, Service service) {
    return dialectOf(m.service(), m.connection(), service);
  }

  /**
   * A named service without a name on the message is V1. Where the tunnel's service has no name,
   * its absence says nothing, and the connection id alone tells V3 from the older ones.
   */
  private static Dialect dialectOf(ServiceId onTheWire, int connection, Service service) {
    if (onTheWire.isUnnamed() && (!service.id.isUnnamed() || connection == 0)) {
      return Dialect.V1;
    }
    return connection == 0 ? Dialect.V2 : Dialect.V3;
  }

  private void withService(ServiceId onTheWire, Consumer<Service> action) {
    find(onTheWire).ifPresent(action);
  }

  private Optional<Service> find(ServiceId onTheWire) {
    if (onTheWire.isUnnamed() && services.size() == 1) {
      return services.values().stream().findFirst();
    }
    Optional<Service> found = Optional.ofNullable(services.get(onTheWire));
    if (found.isEmpty()) {
      out.accept(
          new Effect.Warned("a message for a service that the tunnel does not have: " + onTheWire));
    }
    return found;
  }

  private static Optional<Connection> openConnection(Service service, int onTheWire) {
    return Optional.ofNullable(service.connections.get(service.connectionNumber(onTheWire)));
  }

  private void ignored(String what, ServiceId service, int stream) {
    out.accept(new Effect.Ignored("stale " + what + ": " + service + "/" + stream));
  }

  private void send(Message message) {
    out.accept(new Effect.SendMessage(message));
  }
}
