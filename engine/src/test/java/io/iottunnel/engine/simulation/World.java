package io.iottunnel.engine.simulation;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything that one simulation is made of. */
final class World {

  final Plot plot;
  final Dice dice;
  final Clock clock = new Clock();
  final Trace trace;
  final Conversation conversation;
  final Gate gate = new Gate();
  final Applications applications;
  final Service service;

  /** What becomes of a message that the service relays: itself, unless it is to be sabotaged. */
  final Relay relay;

  private final Map<Mode, ProxyProcess> processes = new EnumMap<>(Mode.class);
  private boolean reasonable;

  /** What the service makes of a message from one end for the other. */
  interface Relay {
    List<Message> apply(Message message);
  }

  World(Dice dice, Relay relay, boolean traced) {
    this.dice = dice;
    this.relay = relay;
    this.plot = Plot.of(dice);
    this.trace = new Trace(clock, traced);
    this.conversation = new Conversation(trace);
    this.applications = new Applications(dice);
    this.service = new Service(this);
    trace.add(plot::toString);
  }

  /** The process at this end, dead or alive. */
  ProxyProcess process(Mode mode) {
    return processes.get(mode);
  }

  /** Starts a process at this end, in place of one that is gone. */
  void starts(Mode mode) {
    trace.add(() -> "the " + mode + " is started");
    processes.put(mode, new ProxyProcess(mode, this));
    process(mode).start();
  }

  /** How the next one who comes talks. */
  Manners manners() {
    return reasonable || plot.mood() == Plot.Mood.CALM
        ? Manners.polite(dice, plot.most())
        : Manners.any(dice, plot.most());
  }

  /** Whoever comes from now on is polite. */
  void becomesReasonable() {
    reasonable = true;
  }

  /** Whether both ends can carry. */
  boolean isServing() {
    return service.isServing(Mode.SOURCE)
        && service.isServing(Mode.DESTINATION)
        && process(Mode.SOURCE).local.acceptsEverywhere();
  }
}
