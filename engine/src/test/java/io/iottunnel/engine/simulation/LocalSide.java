package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The local sockets of one process: its clients come here, and its applications are here. */
final class LocalSide implements LocalSockets {

  private static final int FIRST_PORT = 5000;

  private final ProxyProcess process;
  private final World world;
  private final List<Talker> talkers = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();

  /** An attempt of a connection to reach its application, and when the last one failed. */
  private static final class Attempt {
    final Name name;
    final Endpoint endpoint;
    long failedAt = Long.MAX_VALUE;

    Attempt(Name name, Endpoint endpoint) {
      this.name = name;
      this.endpoint = endpoint;
    }
  }

  LocalSide(ProxyProcess process, World world) {
    this.process = process;
    this.world = world;
  }

  /** Where the service of this number is, at either end. */
  static Endpoint endpoint(int number) {
    return Endpoint.tcp("localhost", FIRST_PORT + number);
  }

  // Clients.

  /** A client comes for a service; nobody may be there. */
  void client(String service, Manners manners) {
    listeners.stream()
        .filter(l -> l.service.equals(service) && !l.closed)
        .findFirst()
        .ifPresent(l -> l.comes(talker(true, service, manners)));
  }

  /** Whether clients of every service are accepted. */
  boolean acceptsEverywhere() {
    return process.plot.names().stream()
        .allMatch(
            service ->
                listeners.stream()
                    .anyMatch(l -> l.service.equals(service) && !l.closed && !l.paused));
  }

  private Talker talker(boolean client, String service, Manners manners) {
    NearStream near = new NearStream(process, world.clock, world.dice, process.plot.capacity());
    Talker talker =
        new Talker(
            world.conversation.nextId(),
            client,
            service,
            manners,
            near,
            world.conversation,
            world.clock,
            world.dice);
    world.conversation.add(talker);
    world.trace.add(() -> talker + " comes for " + service + ", " + manners);
    talkers.add(talker);
    return talker;
  }

  void serves(Address address, String service) {
    listeners.get(address.port()).service = service;
  }

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
    process.mayAct("listens");
    assertEquals(Mode.SOURCE, process.mode, "only a source listens");
    Listener listener = new Listener(listeners.size(), onClient);
    listeners.add(listener);
    CompletableFuture<LocalListener> future = new CompletableFuture<>();
    process.tellSoon(
        () -> {
          listener.handedOver = true;
          future.complete(listener);
        });
    return future;
  }

  // Applications.

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    process.mayAct("connects to an application");
    assertEquals(Mode.DESTINATION, process.mode, "only a destination connects");
    Attempt attempt = attempt(endpoint);
    CompletableFuture<Connected> future = new CompletableFuture<>();
    Applications.Answer answer = world.applications.answer();
    switch (answer) {
      case ACCEPT -> process.tellSoon(() -> accept(attempt, future));
      case REFUSE -> process.tellSoon(() -> refuse(attempt, future, "connection refused"));
      case HANG ->
          process.after(world.applications.patience(), () -> refuse(attempt, future, "timed out"));
    }
    return future;
  }

  /**
   * The first attempt follows the opening of its connection; the others come in the order in which
   * they failed. Where two connections share a name, it is not known which has given up.
   */
  private Attempt attempt(Endpoint endpoint) {
    Name name = process.watch.takeOpened();
    if (!name.isNone()) {
      Attempt first = new Attempt(name, endpoint);
      attempts.add(first);
      return first;
    }
    Attempt next =
        attempts.stream()
            .filter(a -> a.endpoint.equals(endpoint))
            .min(Comparator.comparingLong(a -> a.failedAt))
            .orElseThrow(() -> new AssertionError("nobody wants to connect to " + endpoint));
    next.failedAt = Long.MAX_VALUE;
    return next;
  }

  private void accept(Attempt attempt, CompletableFuture<Connected> future) {
    if (!future.isDone()) {
      attempts.remove(attempt);
      int number = ((Endpoint.Tcp) attempt.endpoint).address().port() - FIRST_PORT;
      Talker application = talker(false, process.plot.names().get(number), world.manners());
      process.watch.serves(attempt.name, application);
      future.complete(new Connected(application.near, new Address("127.0.0.1", number)));
    }
  }

  private void refuse(Attempt attempt, CompletableFuture<Connected> future, String reason) {
    if (!future.isDone()) {
      attempt.failedAt = world.clock.now();
      future.completeExceptionally(new UnreachableException(reason));
    }
  }

  /** A connection is over that never reached its application. */
  void givesUp(Name name) {
    attempts.stream().filter(a -> a.name.equals(name)).findFirst().ifPresent(attempts::remove);
  }

  // Its end.

  void processDies() {
    talkers.forEach(talker -> talker.near.processDies());
    listeners.forEach(Listener::dies);
  }

  void checkThatAllIsOver() {
    talkers.forEach(
        t -> assertTrue(t.near.fate() != NearStream.Fate.IN_USE, () -> t + " is left behind"));
    listeners.forEach(
        l -> assertTrue(l.closed || !l.handedOver, () -> "a listener is left behind"));
  }

  @Override
  public void close() {}

  /** Accepts the clients of one service, and lets them wait while it is paused. */
  private final class Listener implements LocalListener {
    private final int port;
    private final LocalClients onClient;
    private final Deque<Talker> waiting = new ArrayDeque<>();
    private String service = "nobody knows yet";
    private boolean handedOver;
    private boolean paused;
    private boolean closed;

    Listener(int port, LocalClients onClient) {
      this.port = port;
      this.onClient = onClient;
    }

    void comes(Talker client) {
      waiting.add(client);
      acceptSoon();
    }

    private void acceptSoon() {
      process.tellSoon(this::acceptNext);
    }

    private void acceptNext() {
      if (!paused && !closed && !waiting.isEmpty()) {
        Talker client = waiting.remove();
        process.watch.accepts(client);
        onClient.accept(client.near);
        process.watch.hasAccepted();
      }
    }

    @Override
    public Address address() {
      return new Address("127.0.0.1", port);
    }

    @Override
    public void pause() {
      process.mayAct("pauses a listener");
      paused = true;
    }

    @Override
    public void resume() {
      process.mayAct("resumes a listener");
      paused = false;
      waiting.forEach(client -> acceptSoon());
    }

    @Override
    public void close() {
      dies();
    }

    void dies() {
      closed = true;
      waiting.forEach(client -> client.near.processDies());
      waiting.clear();
    }
  }
}
