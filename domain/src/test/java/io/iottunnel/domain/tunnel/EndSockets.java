package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The local sides of one {@link End}: carries out what the machine orders of its sockets, and tells
 * what came of it, and what their far ends bring about.
 */
final class EndSockets {

  final List<FakeSocket> all = new ArrayList<>();

  /** How many attempts to connect, to an application each, fail from now on. */
  int unreachable;

  private final Mode mode;
  private final FakeService service;
  private final Consumer<Event> tell;
  private final Map<LocalId, FakeSocket> byId = new HashMap<>();
  private String opened = "";
  private long lastClient;

  EndSockets(Mode mode, FakeService service, Consumer<Event> tell) {
    this.mode = mode;
    this.service = service;
    this.tell = tell;
  }

  FakeSocket client(ServiceId to) {
    FakeSocket client = new FakeSocket(new LocalId(++lastClient), to, true);
    add(client);
    tell.accept(new Event.ClientAccepted(client.id, to));
    return client;
  }

  private void add(FakeSocket socket) {
    all.add(socket);
    byId.put(socket.id, socket);
  }

  /** The socket that serves the same connection as this one of the other end. */
  Optional<FakeSocket> partnerOf(FakeSocket other) {
    return all.stream()
        .filter(s -> !s.connection.isEmpty() && s.connection.equals(other.connection))
        .reduce((first, last) -> last);
  }

  FakeSocket get(LocalId id) {
    FakeSocket socket = byId.get(id);
    assertNotNull(socket, () -> "there is no " + id);
    return socket;
  }

  // What the far ends bring about.

  /** Tells what is ready; whether anything is. */
  boolean lookAround() {
    boolean any = false;
    for (FakeSocket socket : all) {
      if (socket.awaitsReadable && socket.isReadable()) {
        socket.awaitsReadable = false;
        tell.accept(new Event.LocalReadable(socket.id));
        any = true;
      }
      any |= takes(socket) || finds(socket);
    }
    return any;
  }

  private boolean takes(FakeSocket socket) {
    if (socket.findsWriteFailed()) {
      tell.accept(new Event.LocalWriteFailed(socket.id, "broken pipe"));
      return true;
    }
    int taken = socket.take();
    if (taken > 0) {
      tell.accept(new Event.LocalDelivered(socket.id, taken));
    }
    return taken > 0;
  }

  /** Whether one whose output is shut down is found to be at its end now. */
  private boolean finds(FakeSocket socket) {
    boolean found = socket.findsEnd();
    if (found) {
      tell.accept(
          socket.isBroken()
              ? new Event.LocalReadFailed(socket.id, "connection reset")
              : new Event.LocalEnded(socket.id));
    }
    return found;
  }

  // Orders.

  void open(Effect.OpenLocal order) {
    FakeSocket socket = byId.get(order.local());
    if (socket == null) {
      socket = new FakeSocket(order.local(), order.service(), false);
      socket.connection = opened;
      add(socket);
    }
    assertFalse(socket.connected || socket.isOver(), "opened when it is open or over");
    if (unreachable > 0) {
      unreachable--;
      tell.accept(new Event.LocalConnectFailed(order.local(), "connection refused"));
    } else {
      socket.connected = true;
      tell.accept(new Event.LocalConnected(order.local()));
    }
  }

  void awaitReadable(LocalId id) {
    FakeSocket socket = get(id);
    assertFalse(socket.isOver(), "awaited when it is over");
    if (mode == Mode.SOURCE && socket.connection.isEmpty()) {
      socket.connection = opened;
    }
    socket.awaitsReadable = true;
  }

  void read(LocalId id) {
    FakeSocket socket = get(id);
    assertFalse(socket.isOver(), "read when it is over");
    if (socket.isBroken()) {
      tell.accept(new Event.LocalReadFailed(socket.id, "connection reset"));
    } else if (socket.isAtEnd()) {
      tell.accept(new Event.LocalEnded(socket.id));
    } else {
      ByteBuffer bytes = socket.read(service.readSize());
      tell.accept(
          bytes.hasRemaining()
              ? new Event.LocalRead(socket.id, bytes, bytes.remaining() == service.readSize())
              : new Event.LocalIdle(socket.id));
    }
  }

  // What observers are told.

  void opened(Effect.Opened told) {
    opened = name(told.service(), told.stream(), told.connection());
  }

  void ended(Effect.Ended told) {
    String connection = name(told.service(), told.stream(), told.connection());
    all.stream()
        .filter(s -> s.connection.equals(connection) && s.isOver() && s.endReason.isEmpty())
        .forEach(s -> s.endReason = told.reason());
  }

  private static String name(ServiceId service, int stream, int connection) {
    return service + "/" + stream + "#" + connection;
  }

  void assertAllAreOver() {
    all.forEach(s -> assertTrue(s.isOver(), () -> s + " is left behind"));
  }
}
