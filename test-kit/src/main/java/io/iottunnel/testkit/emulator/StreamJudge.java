package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the order of what one client says about streams in one session. Both ends are judged
 * alike: a stream may be spoken of once it was started, by the client itself or, at a destination,
 * by what the service delivered. What a client sends before it can know of a reset is no breach, so
 * a reset that the service delivers only ever allows more.
 *
 * <p>Confined to {@link MessageJudge}'s lock. Comes after the checks of each message by itself.
 */
final class StreamJudge {

  private final Set<String> services;
  private final StreamIds ids;
  private final BiConsumer<Rule, String> breach;
  private final Map<Key, Stream> streams = new HashMap<>();
  private final Map<String, Stream> current = new HashMap<>();
  private final Set<String> crossings = new HashSet<>();
  private @Nullable Boolean startsAreNamed;

  private record Key(String service, int streamId) {}

  /** What is known of one stream. */
  private static final class Stream {
    final boolean named;
    final boolean multiplexed;
    final boolean anyDialect;
    final Set<Integer> heardOf = new HashSet<>();
    final Set<Integer> reset = new HashSet<>();
    boolean started;
    boolean resetByClient;
    boolean over;
    int lastConnection;

    Stream(Message first, boolean unnamedService) {
      named = !first.serviceId().isEmpty();
      multiplexed = first.connectionId() != 0;
      // Nothing says which dialect a V3 source speaks where the only service has no name.
      anyDialect = unnamedService && multiplexed;
    }

    /** Without an id, the first connection may be meant. */
    void hearsOf(int connection) {
      heardOf.add(connection);
      if (connection == 0) {
        heardOf.add(1);
      }
    }

    /** The peer has ended it; a reset of a stream that nobody knows says nothing about it. */
    Stream ended() {
      over = true;
      return this;
    }
  }

  StreamJudge(Set<String> services, StreamIds ids, BiConsumer<Rule, String> breach) {
    this.services = services;
    this.ids = ids;
    this.breach = breach;
  }

  /** The service is about to deliver this message. */
  void heard(Message message) {
    switch (message.type().orElse(MessageType.UNKNOWN)) {
      case STREAM_START -> begin(message);
      case CONNECTION_START ->
          heardOfConnection(message, message.connectionId() == 0 ? 1 : message.connectionId());
      case DATA, CONNECTION_RESET -> known(message).hearsOf(message.connectionId());
      case STREAM_RESET -> streams.computeIfPresent(key(message), (key, s) -> s.ended());
      case SESSION_RESET -> {
        streams.values().forEach(stream -> stream.over = true);
        // It may cross a start on its way here, and ends that stream too when it gets there.
        crossings.addAll(services.isEmpty() ? Set.of("") : services);
      }
      case UNKNOWN, SERVICE_IDS -> {
        // Neither speaks of a stream.
      }
    }
  }

  /**
   * Only V3 has such a start, and without an id it means the first connection. What was said before
   * of a stream that had not started says nothing of its dialect.
   */
  private void heardOfConnection(Message start, int connection) {
    MessageType type = MessageType.CONNECTION_START;
    Message meant = Message.of(type, start.serviceId(), start.streamId(), connection);
    Stream stream =
        streams.compute(
            key(meant),
            (key, known) -> known != null && known.started ? known : adopted(meant, known));
    stream.started = true;
    stream.heardOf.add(connection);
    stream.reset.remove(connection);
  }

  /** What was heard of may still be reset. */
  private Stream adopted(Message start, @Nullable Stream unstarted) {
    Stream stream = newStream(start);
    if (unstarted != null) {
      stream.heardOf.addAll(unstarted.heardOf);
    }
    return stream;
  }

  private Stream known(Message message) {
    return streams.computeIfAbsent(key(message), key -> newStream(message));
  }

  /** A message came from the client that names a stream and a service of the tunnel. */
  void came(Message message) {
    switch (message.type().orElseThrow()) {
      case STREAM_START -> startStream(message);
      case CONNECTION_START -> startConnection(message);
      case DATA -> data(message);
      case STREAM_RESET -> resetStream(message);
      case CONNECTION_RESET -> resetConnection(message);
      case UNKNOWN, SESSION_RESET, SERVICE_IDS ->
          throw new IllegalArgumentException("judged before: " + message);
    }
  }

  private void startStream(Message message) {
    String service = service(message);
    int before = ids.use(service, message.streamId());
    boolean mayLackSome = ids.mayLackSome() && !current.containsKey(service);
    require(
        Rule.STREAM_IDS_COUNT_UP,
        message.streamId() == before + 1 || (mayLackSome && message.streamId() > before),
        message,
        "after " + before);
    boolean named = !message.serviceId().isEmpty();
    require(
        Rule.NAMES_DO_NOT_ALTERNATE, startsAreNamed == null || startsAreNamed == named, message);
    startsAreNamed = named;
    boolean v1 = !named && !services.isEmpty();
    require(Rule.V1_HAS_NO_CONNECTION_IDS, !v1 || message.connectionId() == 0, message);
    require(Rule.CONNECTION_IDS_COUNT_UP, (message.connectionId() & ~1) == 0, message);
    Stream last = current.get(service);
    boolean lives = last != null && !last.over && !last.resetByClient;
    require(Rule.ONE_STREAM_AT_A_TIME, !lives || crossings.remove(service), message);
    current.put(service, begin(message));
  }

  private Stream begin(Message message) {
    Stream stream = newStream(message);
    stream.started = true;
    stream.lastConnection = message.connectionId();
    stream.heardOf.add(message.connectionId());
    streams.put(key(message), stream);
    return stream;
  }

  private void startConnection(Message message) {
    Stream stream = streams.get(key(message));
    if (stream == null || !stream.started || !stream.multiplexed || stream.resetByClient) {
      breach.accept(Rule.CONNECTION_NEEDS_STREAM, message.toString());
      return;
    }
    requireNaming(stream, message);
    boolean grows = Integer.compareUnsigned(message.connectionId(), stream.lastConnection) > 0;
    require(Rule.CONNECTION_IDS_COUNT_UP, grows, message);
    if (grows) {
      stream.lastConnection = message.connectionId();
    }
    stream.heardOf.add(message.connectionId());
  }

  private void data(Message message) {
    Stream stream = streams.get(key(message));
    if (stream == null || !stream.started) {
      breach.accept(Rule.STARTED_BEFORE_DATA, message.toString());
      return;
    }
    requireNaming(stream, message);
    if (isOtherDialect(stream, message)) {
      breach.accept(Rule.ONE_DIALECT_PER_STREAM, message.toString());
      return;
    }
    int connection = message.connectionId();
    require(
        Rule.NO_DATA_AFTER_RESET,
        !stream.resetByClient && !stream.reset.contains(connection),
        message);
    require(
        Rule.STARTED_BEFORE_DATA,
        stream.anyDialect || stream.heardOf.contains(connection),
        message);
  }

  private void resetStream(Message message) {
    Stream stream = streams.get(key(message));
    if (stream == null) {
      breach.accept(Rule.STARTED_BEFORE_RESET, message.toString());
      return;
    }
    requireNaming(stream, message);
    require(Rule.ONE_RESET, !stream.resetByClient, message);
    stream.resetByClient = true;
  }

  private void resetConnection(Message message) {
    Stream stream = streams.get(key(message));
    if (stream == null) {
      breach.accept(Rule.STARTED_BEFORE_RESET, message.toString());
      return;
    }
    requireNaming(stream, message);
    if (!stream.multiplexed || isOtherDialect(stream, message)) {
      breach.accept(Rule.ONE_DIALECT_PER_STREAM, message.toString());
      return;
    }
    int connection = message.connectionId();
    require(
        Rule.STARTED_BEFORE_RESET,
        stream.anyDialect || stream.heardOf.contains(connection),
        message);
    require(Rule.ONE_RESET, stream.reset.add(connection), message);
  }

  private static boolean isOtherDialect(Stream stream, Message message) {
    return !stream.anyDialect && stream.multiplexed != (message.connectionId() != 0);
  }

  private void requireNaming(Stream stream, Message message) {
    require(Rule.NAMES_DO_NOT_ALTERNATE, stream.named == !message.serviceId().isEmpty(), message);
  }

  private Stream newStream(Message first) {
    return new Stream(first, services.isEmpty());
  }

  private Key key(Message message) {
    return new Key(service(message), message.streamId());
  }

  /** The service that is meant: without a name, the tunnel's only one. */
  private String service(Message message) {
    return message.serviceId().isEmpty() && services.size() == 1
        ? services.iterator().next()
        : message.serviceId();
  }

  private void require(Rule rule, boolean kept, Message message) {
    require(rule, kept, message, "");
  }

  private void require(Rule rule, boolean kept, Message message, String more) {
    if (!kept) {
      breach.accept(rule, more.isEmpty() ? message.toString() : message + ", " + more);
    }
  }
}
