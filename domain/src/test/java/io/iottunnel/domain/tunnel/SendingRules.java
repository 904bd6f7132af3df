package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the service lets one end send, and what the other end can bear. Watches what an end receives
 * and sends, and fails the story at the first breach.
 */
final class SendingRules {

  private record Stream(ServiceId service, int id) {}

  private record Connection(Stream stream, int id) {}

  private final Mode mode;
  private final Map<ServiceId, Integer> lastStream = new HashMap<>();

  private boolean greeted;
  private List<ServiceId> services = List.of();
  private final Map<ServiceId, Integer> active = new HashMap<>();
  private final Map<Stream, Boolean> named = new HashMap<>();
  private final Map<Stream, Integer> lastConnection = new HashMap<>();
  private final Set<Connection> open = new HashSet<>();
  private final Set<Connection> orphans = new HashSet<>();
  private final Set<Connection> over = new HashSet<>();
  private final Set<Stream> forbidden = new HashSet<>();

  SendingRules(Mode mode) {
    this.mode = mode;
  }

  /** Nothing of the session before counts in this one, except the stream ids of a source. */
  void sessionBegins(boolean isGreeted) {
    greeted = isGreeted;
    services = List.of(ServiceId.UNNAMED);
    named.clear();
    lastConnection.clear();
    forbidden.clear();
    everythingEnds();
  }

  private void everythingEnds() {
    active.clear();
    open.clear();
    orphans.clear();
    over.clear();
  }

  void received(Message message) {
    message.match(new Receiving());
  }

  void sent(Message message) {
    assertTrue(greeted, () -> "sent before SERVICE_IDS: " + message);
    message.match(new Sending());
  }

  private ServiceId serviceOf(ServiceId onTheWire) {
    return onTheWire.isUnnamed() && services.size() == 1 ? services.get(0) : onTheWire;
  }

  private boolean isOfTunnel(ServiceId service) {
    return services.contains(service);
  }

  private void begins(Connection connection) {
    open.add(connection);
    over.remove(connection);
  }

  /** Whether a reset of this connection was due; it is not any more. */
  private boolean ends(Connection connection) {
    over.add(connection);
    boolean wasOpen = open.remove(connection);
    boolean wasOrphan = orphans.remove(connection);
    return wasOpen || wasOrphan;
  }

  private void endStream(Stream stream) {
    active.remove(stream.service(), stream.id());
    for (Set<Connection> some : List.of(open, orphans)) {
      List.copyOf(some).stream().filter(c -> c.stream().equals(stream)).forEach(this::ends);
    }
  }

  private final class Receiving implements Message.Cases<Void> {

    @Override
    public Void serviceIds(Message.ServiceIds m) {
      greeted = true;
      services = m.services().isEmpty() ? List.of(ServiceId.UNNAMED) : m.services();
      return null;
    }

    @Override
    public Void streamStart(Message.StreamStart m) {
      ServiceId service = serviceOf(m.service());
      Stream stream = new Stream(service, m.stream());
      if (mode == Mode.SOURCE) {
        forbidden.add(stream);
      } else if (isOfTunnel(service) && m.stream() != 0) {
        Integer old = active.put(service, m.stream());
        if (old != null) {
          endStream(new Stream(service, old));
          active.put(service, m.stream());
        }
        named.put(stream, !m.service().isUnnamed());
        begins(new Connection(stream, m.connection()));
      }
      return null;
    }

    @Override
    public Void connectionStart(Message.ConnectionStart m) {
      ServiceId service = serviceOf(m.service());
      Stream stream = new Stream(service, m.stream());
      if (mode == Mode.SOURCE) {
        forbidden.add(stream);
      } else if (isOfTunnel(service)
          && m.stream() != 0
          && active.getOrDefault(service, m.stream()) == m.stream()) {
        active.put(service, m.stream());
        named.put(stream, !m.service().isUnnamed());
        begins(new Connection(stream, Math.max(1, m.connection())));
      }
      return null;
    }

    @Override
    public Void data(Message.Data m) {
      ServiceId service = serviceOf(m.service());
      Stream stream = new Stream(service, m.stream());
      Connection connection = new Connection(stream, m.connection());
      boolean answerable = active.getOrDefault(service, m.stream()) == m.stream();
      if (mode == Mode.DESTINATION
          && isOfTunnel(service)
          && m.stream() != 0
          && answerable
          && !open.contains(connection)
          && !over.contains(connection)) {
        named.putIfAbsent(stream, !m.service().isUnnamed());
        orphans.add(connection);
      }
      return null;
    }

    @Override
    public Void streamReset(Message.StreamReset m) {
      endStream(new Stream(serviceOf(m.service()), m.stream()));
      return null;
    }

    @Override
    public Void connectionReset(Message.ConnectionReset m) {
      Stream stream = new Stream(serviceOf(m.service()), m.stream());
      ends(new Connection(stream, Math.max(1, m.connection())));
      return null;
    }

    @Override
    public Void sessionReset(Message.SessionReset m) {
      everythingEnds();
      return null;
    }

    @Override
    public Void unknown(Message.Unknown m) {
      return null;
    }
  }

  private final class Sending implements Message.Cases<Void> {

    private Stream check(Message m, ServiceId onTheWire, int id) {
      assertTrue(id != 0, () -> "stream id 0: " + m);
      ServiceId service = serviceOf(onTheWire);
      assertTrue(isOfTunnel(service), () -> "a service that the tunnel does not have: " + m);
      Stream stream = new Stream(service, id);
      boolean isNamed = !onTheWire.isUnnamed();
      Boolean before = named.putIfAbsent(stream, isNamed);
      assertTrue(before == null || before == isNamed, () -> "the name alternates: " + m);
      return stream;
    }

    @Override
    public Void streamStart(Message.StreamStart m) {
      assertTrue(mode == Mode.SOURCE, () -> "a destination starts: " + m);
      Stream stream = check(m, m.service(), m.stream());
      Integer last = lastStream.put(stream.service(), m.stream());
      assertTrue(last == null || last < m.stream(), () -> "the stream id does not grow: " + m);
      assertTrue(m.connection() <= 1, () -> "the first connection of a stream is 1: " + m);
      assertFalse(active.containsKey(stream.service()), () -> "a stream lives already: " + m);
      active.put(stream.service(), m.stream());
      lastConnection.put(stream, 1);
      begins(new Connection(stream, m.connection()));
      return null;
    }

    @Override
    public Void connectionStart(Message.ConnectionStart m) {
      assertTrue(mode == Mode.SOURCE, () -> "a destination starts: " + m);
      Stream stream = check(m, m.service(), m.stream());
      assertTrue(isActive(stream), () -> "not of the active stream: " + m);
      int last = lastConnection.put(stream, m.connection());
      assertTrue(last < m.connection(), () -> "the connection id does not grow: " + m);
      begins(new Connection(stream, m.connection()));
      return null;
    }

    @Override
    public Void data(Message.Data m) {
      Stream stream = check(m, m.service(), m.stream());
      int size = m.payload().remaining();
      assertTrue(size > 0 && size <= Message.MAX_PAYLOAD, () -> "a payload of " + size);
      assertTrue(isActive(stream), () -> "DATA for a stream that is not active: " + m);
      assertTrue(
          open.contains(new Connection(stream, m.connection())),
          () -> "DATA for a connection that is over, or never began: " + m);
      return null;
    }

    @Override
    public Void streamReset(Message.StreamReset m) {
      Stream stream = check(m, m.service(), m.stream());
      Connection alone = new Connection(stream, 0);
      boolean due =
          (isActive(stream) && open.contains(alone))
              || orphans.contains(alone)
              || forbidden.remove(stream);
      assertTrue(due, () -> "a reset of nothing: " + m);
      endStream(stream);
      return null;
    }

    @Override
    public Void connectionReset(Message.ConnectionReset m) {
      Stream stream = check(m, m.service(), m.stream());
      assertTrue(m.connection() != 0, () -> "a connection reset without its id: " + m);
      Connection connection = new Connection(stream, m.connection());
      assertTrue(ends(connection), () -> "a reset of nothing: " + m);
      return null;
    }

    private boolean isActive(Stream stream) {
      return Integer.valueOf(stream.id()).equals(active.get(stream.service()));
    }

    @Override
    public Void sessionReset(Message.SessionReset m) {
      return fail("only the service resets a session");
    }

    @Override
    public Void serviceIds(Message.ServiceIds m) {
      return fail("only the service tells its services");
    }

    @Override
    public Void unknown(Message.Unknown m) {
      return fail("an unknown type: " + m);
    }
  }
}
