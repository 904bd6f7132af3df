package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.engine.TunnelObserver;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.emulator.ClientJudge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Watches one local proxy, and holds everything that it does against what is promised. */
final class ProxyWatch implements TunnelObserver {

  private final ProxyProcess process;
  private final Clock clock;
  private final Trace trace;
  private final Conversation conversation;
  private final ClientJudge judge;
  private final Accounts accounts;
  private final Backoff backoff;
  private final Farewells farewells;
  private final List<Talker> talkers = new ArrayList<>();
  private Optional<Talker> accepting = Optional.empty();
  private Name opened = Name.NONE;
  private long sessionSince;

  ProxyWatch(ProxyProcess process, World world) {
    this.process = process;
    this.clock = world.clock;
    this.trace = world.trace;
    this.conversation = world.conversation;
    this.judge =
        new ClientJudge(
            process.mode,
            (rule, what) -> fail(process.mode + " breaks: " + rule.sentence() + ": " + what));
    this.accounts = new Accounts(process.plot);
    this.farewells = new Farewells(process.plot);
    this.backoff = new Backoff(process.plot.settings());
  }

  private void tell(String what) {
    trace.add(() -> process.mode + " " + what);
  }

  /** Draws a number for the process. */
  long draw(long bound) {
    long value = process.dice().below(bound);
    backoff.draws(bound, value);
    return value;
  }

  /** What it holds is within its bounds. */
  void check() {
    accounts.breath();
    accounts.check();
  }

  Accounts accounts() {
    return accounts;
  }

  // Connecting.

  @Override
  public void connecting(HostAndPort service, Optional<io.iottunnel.domain.webproxy.WebProxy> via) {
    tell("connects");
    backoff.dials();
  }

  @Override
  public void sessionUp(HostAndPort service, Optional<String> channelId, String subprotocol) {
    tell("has a session");
    sessionSince = clock.now();
    backoff.sessionUp(clock.now());
    accounts.sessionBegins();
    judge.sessionBegins(Set.copyOf(process.plot.services()), process.plot.greets());
  }

  @Override
  public void reconnecting(String reason, Duration delay) {
    tell("will reconnect in " + delay.toMillis() + " ms: " + reason);
    conversation.losesASession(process.mode);
    backoff.waits(delay, clock.now(), process.hasSleptSince(sessionSince));
  }

  @Override
  public void listening(ServiceId service, LocalSockets.Address address) {
    tell("listens for " + service);
    process.local.serves(address, service.name());
  }

  // Messages.

  @Override
  public void received(Message message) {
    io.iottunnel.testkit.wire.Message meant = Wire.of(message);
    trace.add(() -> process.mode + " << " + meant);
    process.network.hears(meant);
    judge.delivers(meant);
    accounts.breath();
    if (message instanceof Message.Data data) {
      accounts.arrives(nameOf(data), data.payload().remaining());
    }
  }

  /** The connection that a message means: a name in a stream with or without connection ids. */
  private Name nameOf(Message.Data data) {
    String service = process.plot.serviceOf(data.service());
    return new Name(service, data.stream(), Math.max(1, data.connection()));
  }

  @Override
  public void sent(Message message) {
    io.iottunnel.testkit.wire.Message meant = Wire.of(message);
    trace.add(() -> process.mode + " >> " + meant);
    judge.came(meant);
    farewells.says(message);
    process.network.decides(meant);
    accounts.decidesToSend(meant.payload().size());
  }

  @Override
  public void ignored(String what) {
    tell("ignores: " + what);
    accounts.dropped();
  }

  @Override
  public void warned(String what) {
    tell("warns: " + what);
    accounts.dropped();
  }

  // Connections.

  /** A client is about to be accepted; what follows until the next call concerns it. */
  void accepts(Talker client) {
    accepting = Optional.of(client);
  }

  void hasAccepted() {
    accepting = Optional.empty();
  }

  @Override
  public void connectionOpened(ServiceId service, int stream, int connection) {
    Name name = new Name(service.name(), stream, connection);
    tell("opens " + name);
    opened = name;
    accounts.begins(name);
    farewells.begins(name);
    accepting.ifPresent(client -> serves(name, client));
  }

  /** The connection that was opened last, taken once; none where a connect is not the first. */
  Name takeOpened() {
    Name name = opened;
    opened = Name.NONE;
    return name;
  }

  /** A connection has its local side. */
  void serves(Name name, Talker talker) {
    talker.name = name;
    conversation.isServed(talker);
    talkers.add(talker);
    accounts.hasStream(name, talker.near);
  }

  @Override
  public void connectionEnded(ServiceId service, int stream, int connection, String reason) {
    Name name = new Name(service.name(), stream, connection);
    tell("ends " + name + ": " + reason);
    farewells.check(name, reason);
    talkers.stream()
        .filter(t -> t.name.equals(name) && t.near.fate() != NearStream.Fate.IN_USE)
        .findFirst()
        .ifPresentOrElse(talker -> ended(talker, reason), () -> process.local.givesUp(name));
    accounts.ends(name);
  }

  private void ended(Talker talker, String reason) {
    talkers.remove(talker);
    talker.endReason = reason;
    checkCut(talker, reason);
    checkThatNothingIsHeldBack(talker);
  }

  /** Only those who do not listen are cut off, or did not until a moment ago. */
  private void checkCut(Talker talker, String reason) {
    boolean cut = reason.startsWith("it took nothing") || reason.startsWith("its last bytes");
    if (cut && !process.hasSleptSince(talker.lastHeard()) && !process.isStopping()) {
      long lately = clock.now() - 25_000;
      boolean listened = talker.manners().listens() && talker.listeningSince() < lately;
      assertTrue(
          talker.lastHeard() < lately || !listened,
          () -> talker + " listens, and is cut off: " + reason);
    }
  }

  /** Whoever listens has been given everything that came for it. */
  private void checkThatNothingIsHeldBack(Talker talker) {
    boolean hears =
        talker.manners().listens()
            && !talker.near.isBroken()
            && !talker.near.hasStoppedHearing()
            && !conversation.isMeddledWith(talker);
    boolean mayBeCutOff = process.isStopping() || process.plot.mood() == Plot.Mood.FINAL;
    if (hears && !mayBeCutOff) {
      assertEquals(0, accounts.held(talker.name), () -> talker + " is not given all that came");
    }
  }

  @Override
  public void clientRefused(ServiceId service, String reason) {
    tell("refuses a client: " + reason);
  }

  @Override
  public void applicationUnreachable(ServiceId service, String reason, Optional<Duration> again) {
    tell("does not reach " + service + (again.isPresent() ? ", tries again" : ""));
  }

  @Override
  public void ended(Outcome outcome) {
    tell("is over: " + outcome);
    assertEquals(List.of(), talkers, "connections are left behind");
    process.ends();
  }
}
