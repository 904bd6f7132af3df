package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The streams of the tunnel's services: what their peers send, and how they end. {@link Clients}
 * and {@link PeerStarts} know how they begin.
 */
final class Streams {

  private final Mode mode;
  private final Consumer<Effect> out;
  private final Services services;
  private final ToldEnds toldEnds;
  private final Connections connections;
  private final Clients clients;
  private final PeerStarts starts;

  Streams(TunnelSpec spec, TunnelSettings settings, Deadlines deadlines, Consumer<Effect> out) {
    this.mode = spec.mode();
    this.out = out;
    this.services = new Services(mode, out);
    this.toldEnds = new ToldEnds(out);
    this.connections = new Connections(mode, settings, deadlines, out, this::detached);
    this.clients = new Clients(services, connections, spec.dialect(), out);
    this.starts = new PeerStarts(connections, toldEnds, out);
  }

  Connections connections() {
    return connections;
  }

  /** A source's clients. */
  Clients clients() {
    return clients;
  }

  /** Takes the tunnel's services; one that it had before goes on with its count of stream ids. */
  void serve(Map<ServiceId, Endpoint> mapping) {
    services.serve(mapping);
  }

  /** Whether the session can go on. */
  boolean streamStart(Message.StreamStart m) {
    return startable(m.service(), m.stream())
        .map(service -> starts.stream(service, m))
        .orElse(mode == Mode.DESTINATION);
  }

  /** Whether the session can go on. */
  boolean connectionStart(Message.ConnectionStart m) {
    return startable(m.service(), m.stream())
        .map(service -> starts.connection(service, m))
        .orElse(mode == Mode.DESTINATION);
  }

  private Optional<Service> startable(ServiceId onTheWire, int stream) {
    Optional<Service> service = services.meant(onTheWire);
    if (stream <= 0) {
      service.ifPresent(
          s -> out.accept(new Effect.Warned("a start without a stream id for " + s.id)));
      return Optional.empty();
    }
    return service;
  }

  void data(Message.Data m) {
    services.meant(m.service()).ifPresent(service -> data(service, m));
  }

  private void data(Service service, Message.Data m) {
    Optional<Connection> open = service.connection(m.connection());
    StreamInput input = open.isPresent() ? StreamInput.DATA : StreamInput.DATA_ASTRAY;
    switch (service.step(service.unlessStale(m.stream(), input))) {
      case DELIVER ->
          open.filter(c -> m.payload().hasRemaining())
              .ifPresent(c -> connections.delivering().received(c, m.payload()));
      case ANSWER_RESET -> answerAstray(service, m);
      default -> out.accept(service.stale("DATA", m.stream()));
    }
  }

  private void answerAstray(Service service, Message.Data m) {
    out.accept(service.stale("DATA of a connection that is not open", m.stream()));
    if (m.stream() > 0) {
      Dialect dialect =
          service.state == StreamState.ACTIVE
              ? service.dialect
              : PeerStarts.dialectOf(m.service(), m.connection(), service);
      toldEnds.tell(service, dialect, m.stream(), Math.max(1, m.connection()));
    }
  }

  void connectionReset(Message.ConnectionReset m) {
    services.meant(m.service()).ifPresent(service -> connectionReset(service, m));
  }

  private void connectionReset(Service service, Message.ConnectionReset m) {
    StreamInput input = service.unlessStale(m.stream(), StreamInput.CONNECTION_RESET);
    Optional<Connection> connection = service.connection(m.connection());
    if (service.step(input) == StreamAction.END_CONNECTION && connection.isPresent()) {
      connections.endedByPeer(connection.get(), "the peer closed it");
    } else {
      out.accept(service.stale("CONNECTION_RESET", m.stream()));
    }
  }

  void streamReset(Message.StreamReset m) {
    services.meant(m.service()).ifPresent(service -> streamReset(service, m));
  }

  private void streamReset(Service service, Message.StreamReset m) {
    StreamInput input = service.unlessStale(m.stream(), StreamInput.STREAM_RESET);
    if (service.step(input) == StreamAction.END_STREAM) {
      service.leaveAll(c -> connections.endedByPeer(c, "the peer closed its stream"));
    } else {
      out.accept(service.stale("STREAM_RESET", m.stream()));
    }
  }

  /** Every stream is over, at once; of none of them it is known whether the peer knows. */
  void sessionReset(String reason) {
    for (Service service : services.all()) {
      if (service.step(StreamInput.ALL_ENDED) == StreamAction.END_STREAM) {
        service.leaveAll(
            c -> {
              connections.endedByPeer(c, reason);
              toldEnds.remove(service, c.dialect, c.stream, c.number);
            });
      }
    }
  }

  /** And so it is of those whose end was told: the resets may be lost with the session. */
  void sessionLost(String reason) {
    sessionReset(reason);
    toldEnds.forget();
  }

  private void detached(Connection connection) {
    Service service = connection.service;
    toldEnds.add(service, connection.dialect, connection.stream, connection.number);
    boolean wasOfTheStream = service.leave(connection);
    if (wasOfTheStream && !connection.dialect.multiplexes()) {
      service.step(StreamInput.LONE_CONNECTION_ENDED);
    }
  }
}
