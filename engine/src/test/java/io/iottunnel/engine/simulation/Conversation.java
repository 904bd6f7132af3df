package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All who talk through the tunnel, who hears whom, and whether everything was heard. */
final class Conversation {

  private static final Set<String> ENDS_OF_ITS_OWN =
      Set.of("the local side closed it", "the client had finished sending");
  private static final Set<String> ENDS_OF_THE_PEER =
      Set.of("the peer closed it", "the peer closed its stream");

  private final Trace trace;
  private final List<Talker> all = new ArrayList<>();
  private final Map<Talker, Talker> listenerOf = new LinkedHashMap<>();
  private final Set<Name> used = new HashSet<>();
  private final Set<Name> meddledWith = new HashSet<>();
  private final Set<Talker> farewellsLost = new HashSet<>();

  Conversation(Trace trace) {
    this.trace = trace;
  }

  int nextId() {
    return all.size();
  }

  void add(Talker talker) {
    all.add(talker);
  }

  List<Talker> all() {
    return all;
  }

  void trace(Talker who, Supplier<String> what) {
    trace.add(() -> who + " " + what.get());
  }

  /** A talker was given a connection. */
  void isServed(Talker talker) {
    used.add(talker.name.ofStream());
  }

  /** Somebody else than the two ends says something about a stream: nothing holds for it. */
  void meddles(Name stream) {
    meddledWith.add(stream);
  }

  /** The source was restarted and counts from the beginning, while old bytes are on their way. */
  void namesComeAgain() {
    meddledWith.addAll(used);
  }

  /**
   * The session of one side is lost, and with it what is on its way from there: the last words and
   * the end of those who had ended, unless the peer knows of it. That the peer is told later, by a
   * reset, of a connection that is gone does not bring those words back.
   */
  void losesASession(Mode side) {
    for (Talker talker : all) {
      Talker listener = listenerOf.get(talker);
      boolean peerKnows = listener != null && !listener.endReason.isEmpty();
      if (talker.client == (side == Mode.SOURCE)
          && ENDS_OF_ITS_OWN.contains(talker.endReason)
          && !peerKnows) {
        farewellsLost.add(talker);
      }
    }
  }

  /** Nobody meddles any more, and nothing old is on its way: everything holds for everybody. */
  void isAmongThemselves() {
    meddledWith.clear();
  }

  boolean isMeddledWith(Talker talker) {
    return meddledWith.contains(talker.name.ofStream());
  }

  /** Those who have a connection that has not ended. */
  List<Talker> talking() {
    return all.stream().filter(t -> !t.name.isNone() && t.endReason.isEmpty()).toList();
  }

  /** A talker hears who it is that it hears: somebody of the other side whom nobody else hears. */
  Talker meets(Talker listener, int id) {
    assertTrue(id >= 0 && id < all.size(), () -> listener + " hears nobody, " + id);
    Talker speaker = all.get(id);
    assertTrue(
        speaker.client != listener.client && speaker.service.equals(listener.service),
        () -> listener + " hears " + speaker);
    Talker other = listenerOf.put(speaker, listener);
    assertTrue(other == null, () -> listener + " and " + other + " hear " + speaker);
    assertTrue(
        speaker.partner() == null || speaker.partner() == listener,
        () -> listener + " hears " + speaker + ", who hears " + speaker.partner());
    return speaker;
  }

  /** Where one ended by itself, and its peer knows of that end, everything said was heard. */
  void checkThatEverythingWasHeard() {
    listenerOf.forEach(
        (speaker, listener) -> {
          boolean hasEnded = ENDS_OF_ITS_OWN.contains(speaker.endReason);
          boolean knows =
              ENDS_OF_THE_PEER.contains(listener.endReason)
                  && listener.near.fate() == NearStream.Fate.CLOSED;
          boolean couldHear = !listener.near.hasStoppedHearing() && !listener.near.isBroken();
          if (hasEnded
              && knows
              && couldHear
              && !farewellsLost.contains(speaker)
              && !isMeddledWith(speaker)
              && !isMeddledWith(listener)) {
            assertEquals(
                speaker.said(), listener.heard(), () -> listener + " hears " + speaker + " out");
          }
        });
  }

  /** Where nothing went wrong, polite people have heard each other out. */
  void checkThatThePoliteHeardEachOther() {
    for (Talker talker : all) {
      if (talker.manners().ending() == Manners.Ending.POLITE && !talker.name.isNone()) {
        assertNotNull(talker.partner(), () -> talker + " heard nobody");
        assertEquals(talker.partner().total(), talker.heard(), () -> talker + " hears all");
      }
    }
  }

  void checkThatAllIsOver() {
    for (Talker talker : all) {
      assertTrue(talker.near.fate() != NearStream.Fate.IN_USE, () -> talker + " is never let go");
    }
  }
}
