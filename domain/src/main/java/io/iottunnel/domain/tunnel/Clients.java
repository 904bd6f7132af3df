package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.ServiceId;
import java.util.Optional;
import java.util.function.Consumer;

/** A source's clients: each starts a stream, joins one, or is turned away. */
final class Clients {

  private final Services services;
  private final Connections connections;
  private final Consumer<Effect> out;
  private Dialect dialect;

  /**
   * @param dialect what is spoken until {@link #speak} says otherwise
   */
  Clients(Services services, Connections connections, Dialect dialect, Consumer<Effect> out) {
    this.services = services;
    this.connections = connections;
    this.dialect = dialect;
    this.out = out;
  }

  /** What is spoken in the session that begins. */
  void speak(Dialect spoken) {
    dialect = spoken;
  }

  void accepted(LocalId local, ServiceId id) {
    Optional<Service> service = services.named(id);
    if (service.isEmpty()) {
      refuse(local, id, "the tunnel no longer has this service");
    } else if (connections.areFull()) {
      refuse(local, id, "the limit of active connections is reached (tcp.max_active_connections)");
    } else {
      accepted(local, service.get());
    }
  }

  private void accepted(LocalId local, Service service) {
    StreamInput input = dialect.multiplexes() ? StreamInput.CLIENT : StreamInput.LONE_CLIENT;
    switch (service.step(input)) {
      case START -> start(service, local);
      case JOIN -> join(service, local);
      default -> refuse(local, service.id, "it serves one client at a time, and one is connected");
    }
  }

  /** Turns a client away. */
  void refuse(LocalId local, ServiceId id, String reason) {
    out.accept(new Effect.AbortLocal(local));
    out.accept(new Effect.Refused(id, reason));
  }

  private void start(Service service, LocalId local) {
    service.stream++;
    service.dialect = dialect;
    service.lastConnection = 1;
    int first = dialect.multiplexes() ? 1 : 0;
    send(new Message.StreamStart(service.onTheWire(dialect), service.stream, first));
    connections.accepted(service.attach(local, 1, ConnectionState.OPEN));
  }

  private void join(Service service, LocalId local) {
    int number = ++service.lastConnection;
    send(new Message.ConnectionStart(service.onTheWire(service.dialect), service.stream, number));
    connections.accepted(service.attach(local, number, ConnectionState.OPEN));
  }

  private void send(Message message) {
    out.accept(new Effect.SendMessage(message));
  }
}
