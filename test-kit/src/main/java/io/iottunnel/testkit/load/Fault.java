package io.iottunnel.testkit.load;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.TunnelEnd;
import io.iottunnel.testkit.emulator.TunnelEnd.Cut;
import java.util.List;
import java.util.SplittableRandom;

/** What ends a session of a tunnel. */
enum Fault {
  /** The TCP connection to the service ends now. */
  CUT {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      victim.cut(cut(chance));
    }
  },
  /** It ends at some byte that the service sends. */
  CUT_WHILE_SENDING {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      victim.cutAfterSending(chance.nextInt(MOST_BYTES), cut(chance));
    }
  },
  /** It ends at some byte that the service receives. */
  CUT_WHILE_RECEIVING {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      victim.cutAfterReceiving(chance.nextInt(MOST_BYTES), cut(chance));
    }
  },
  /** The service answers the next upgrades with an error of its own. */
  UPGRADES_REFUSED {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      service.refuseNextUpgrades(1 + chance.nextInt(3), 500 + chance.nextInt(5));
      victim.cut(cut(chance));
    }
  },
  /** The next sessions die right behind their 101. */
  SESSIONS_DROPPED {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      service.dropNextSessions(1 + chance.nextInt(3));
      victim.cut(cut(chance));
    }
  },
  /** The service closes the WebSocket in order, and not for good. */
  CLOSED_BY_SERVICE {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      victim.close(1001, "going away");
    }
  },
  /** Another process takes the source's place, and may speak otherwise. */
  SOURCE_REPLACED {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      boolean unambiguous = pair.services().size() == 1; // V1 names no service
      Dialect old = unambiguous ? Choice.of(chance, List.of(Dialect.V1, Dialect.V2)) : Dialect.V2;
      pair.replaceSource(Choice.of(chance, List.of(old, Dialect.V3)));
    }
  },
  /** Another process takes the destination's place. */
  DESTINATION_REPLACED {
    @Override
    void strike(ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance) {
      pair.replaceDestination();
    }
  };

  private static final int MOST_BYTES = 300_000;

  /**
   * Goes wrong, and does not wait for the end of it.
   *
   * @param victim as chosen before
   */
  abstract void strike(
      ServiceEmulator service, Pair pair, TunnelEnd victim, SplittableRandom chance);

  /** Chooses the end whose session it will end. */
  TunnelEnd victim(Pair pair, SplittableRandom chance) {
    return switch (this) {
      case SOURCE_REPLACED -> pair.tunnel().source();
      case DESTINATION_REPLACED -> pair.tunnel().destination();
      default -> pair.tunnel().end(Choice.of(chance, List.of(Mode.values())));
    };
  }

  private static Cut cut(SplittableRandom chance) {
    return Choice.of(chance, List.of(Cut.values()));
  }
}
