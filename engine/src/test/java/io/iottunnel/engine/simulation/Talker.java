package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;

/** A client or an application, at the far end of a local connection. */
final class Talker {

  final int id;
  final boolean client;
  final String service;
  final NearStream near;

  /** The connection it was given, as observers are told: service, stream and connection. */
  Name name = Name.NONE;

  /** Why its connection ended, as observers are told. */
  String endReason = "";

  private final Conversation conversation;
  private final Clock clock;
  private final Dice dice;
  private final ByteBuffer head = ByteBuffer.allocate(Pattern.HEAD);
  private final int total;
  private final int breaksAt;
  private Manners manners;
  private Talker partner;
  private int said;
  private int heard;
  private long lastHeard;
  private long listeningSince;
  private boolean hearing;
  private boolean saying;
  private boolean moody;

  Talker(
      int id,
      boolean client,
      String service,
      Manners manners,
      NearStream near,
      Conversation conversation,
      Clock clock,
      Dice dice) {
    this.id = id;
    this.client = client;
    this.service = service;
    this.manners = manners;
    this.total = manners.total();
    this.breaksAt = dice.below(manners.total() + 1);
    this.near = near;
    this.conversation = conversation;
    this.clock = clock;
    this.dice = dice;
    this.lastHeard = clock.now();
    this.listeningSince = clock.now();
    near.attach(this::changed);
    clock.after(dice.below(1 + manners.pause()), this::say);
  }

  int said() {
    return said;
  }

  int heard() {
    return heard;
  }

  int total() {
    return total;
  }

  Manners manners() {
    return manners;
  }

  /** Whom it hears, as soon as it has heard who that is. */
  Talker partner() {
    return partner;
  }

  /** When it last took something. */
  long lastHeard() {
    return lastHeard;
  }

  /** Since when it has listened as it does now. */
  long listeningSince() {
    return listeningSince;
  }

  /** Whether it has finished saying, or has been cut off. */
  boolean hasEnded() {
    return near.hasFinishedSaying() || near.isBroken() || near.isReset();
  }

  // Saying.

  private void changed() {
    if (near.isReset()) {
      return;
    }
    hearSoon();
    if (saying && near.roomToSay() >= Pattern.HEAD) {
      saying = false;
      say();
    }
  }

  private void say() {
    if (hasEnded()) {
      return;
    }
    if (manners.ending() == Manners.Ending.BREAKS && said >= breaksAt) {
      conversation.trace(this, () -> "breaks");
      near.breaks();
      return;
    }
    if (said == total) {
      saidAll();
    } else if (near.roomToSay() < Pattern.HEAD) {
      saying = true;
    } else {
      sayChunk(Math.min(total - said, Math.min(manners.chunk(), near.roomToSay())));
      clock.after(dice.below(1 + manners.pause()), this::say);
    }
  }

  private void sayChunk(int size) {
    ByteBuffer chunk = ByteBuffer.allocate(size);
    for (int place = said; place < said + size; place++) {
      chunk.put(Pattern.at(id, total, place));
    }
    said += near.say(chunk.flip());
    conversation.trace(this, () -> "has said " + said + " of " + total);
  }

  private void saidAll() {
    switch (manners.ending()) {
      case AT_ONCE -> finish();
      case HANGS_UP -> {
        finish();
        near.stopHearing();
      }
      case BREAKS -> near.breaks();
      case POLITE -> finishIfHeardAll();
      case STAYS -> {}
    }
  }

  private void finishIfHeardAll() {
    if (said == total && partner != null && heard == partner.total) {
      finish();
    }
  }

  private void finish() {
    if (!hasEnded()) {
      conversation.trace(this, () -> "finishes");
      near.finishSaying();
    }
  }

  // Hearing.

  private void hearSoon() {
    boolean something = near.audible() > 0 || near.isHeardOut();
    if (!hearing && something && !near.isBroken() && manners.appetite() != Manners.Appetite.NONE) {
      hearing = true;
      clock.after(hearingDelay(), this::hear);
    }
  }

  private long hearingDelay() {
    return switch (manners.appetite()) {
      case EAGER, NONE -> dice.delay();
      case SLOW -> dice.below(300);
      case MOODY -> {
        moody = !moody;
        yield moody ? dice.below(100_000) : dice.delay();
      }
    };
  }

  private void hear() {
    hearing = false;
    if (near.isReset() || near.isBroken() || manners.appetite() == Manners.Appetite.NONE) {
      return;
    }
    boolean slow = manners.appetite() == Manners.Appetite.SLOW;
    int most = slow ? 1 + near.audible() / 2 : Integer.MAX_VALUE;
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(near.audible(), most));
    if (near.hear(bytes, most) > 0) {
      lastHeard = clock.now();
      heard(bytes.flip());
      conversation.trace(this, () -> "has heard " + heard);
    }
    if (near.isHeardOut()) {
      hearsTheEnd();
    } else {
      hearSoon();
    }
    if (manners.ending() == Manners.Ending.POLITE) {
      finishIfHeardAll();
    }
  }

  private void heard(ByteBuffer bytes) {
    if (!conversation.isMeddledWith(this)) {
      while (bytes.hasRemaining()) {
        heard(bytes.get());
      }
    }
  }

  private void heard(byte next) {
    if (heard < Pattern.HEAD) {
      head.put(next);
      if (heard == Pattern.HEAD - 1) {
        partner = conversation.meets(this, Pattern.speaker(head));
        assertEquals(partner.total, Pattern.total(head), () -> this + " hears a wrong head");
      }
    } else {
      int place = heard;
      if (place >= partner.said) {
        fail(this + " hears more than was said");
      }
      if (Pattern.at(partner.id, partner.total, place) != next) {
        fail(this + " does not hear byte " + place + " of " + partner);
      }
    }
    heard++;
  }

  private void hearsTheEnd() {
    if (!manners.stubborn()) {
      clock.after(dice.delay(), this::finish);
    }
  }

  // What becomes of it.

  /** Listens from now on, and ends when the other side has. */
  void becomesReasonable() {
    if (!manners.listens()) {
      listeningSince = clock.now();
    }
    Manners.Ending ending =
        manners.ending() == Manners.Ending.BREAKS ? Manners.Ending.STAYS : manners.ending();
    manners = new Manners(total, manners.chunk(), 1, ending, Manners.Appetite.EAGER, false);
    if (near.isHeardOut()) {
      finish();
    }
    changed();
  }

  /** Says nothing more. */
  void leaves() {
    finish();
  }

  @Override
  public String toString() {
    return (client ? "client " : "application ") + id + (name.isNone() ? "" : " (" + name + ")");
  }
}
