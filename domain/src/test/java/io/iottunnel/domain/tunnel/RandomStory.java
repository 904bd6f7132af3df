package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.ServiceId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A story that chance writes: each number is something that happens, in whatever state the tunnel
 * is. What is promised of a tunnel is checked after each.
 */
final class RandomStory {

  private static final int[] TIMES = {1, 150, 300, 2_500, 20_000, 61_000};
  private static final int MOST_IN_A_FRAME = 3;
  private static final int READ_SIZE = 32;
  private static final int MANY_SOCKETS = 12;
  private static final Set<String> ENDS_OF_ITS_OWN =
      Set.of("the local side closed it", "the client had finished sending");

  private final World world;
  private final List<ServiceId> services;
  private int told;

  RandomStory(Dialect dialect) {
    TunnelSettings small =
        TunnelSettings.DEFAULTS
            .change()
            .writeBuffer(200)
            .writeBufferTotal(300)
            .sendQueue(2 * Message.MAX_PAYLOAD)
            .maxConnections(5)
            .localRetries(1)
            .build();
    this.services = dialect == Dialect.V1 ? List.of(SSH) : List.of(SSH, WEB);
    this.world = World.of(small, dialect, services.toArray(ServiceId[]::new));
    world.service.readSize(READ_SIZE).messagesInFrame(MOST_IN_A_FRAME);
  }

  /** Something happens. */
  void happens(int number) {
    int which = number / 100;
    End end = world.ends().get(which % 2);
    FakeSocket socket = pick(end, which / 2);
    int what = number % 100;
    if (what < 40) {
      movesOn(what, end);
    } else if (what < 55) {
      connects(services.get(which % services.size()));
    } else if (what < 70) {
      says(socket, 1 + which % 300);
    } else if (what < 80) {
      changesItsMind(what, socket, which);
    } else {
      goesWrong(what, end, which);
    }
    check();
  }

  private static FakeSocket pick(End end, int which) {
    List<FakeSocket> inUse = end.sockets.stream().filter(s -> !s.isOver()).toList();
    return inUse.isEmpty()
        ? new FakeSocket(new LocalId(0), NONE, false)
        : inUse.get(which % inUse.size());
  }

  private void movesOn(int what, End end) {
    if (what < 15) {
      end.pump();
    } else if (what < 20) {
      end.link.send();
    } else if (what < 30) {
      world.service.deliver(end);
    } else if (what < 38) {
      world.run();
    } else {
      world.passesMillis(TIMES[what % TIMES.length]);
    }
  }

  private void connects(ServiceId service) {
    if (world.source.accepts(service)
        && world.source.sockets.stream().filter(s -> !s.isOver()).count() < MANY_SOCKETS) {
      world.source.client(service);
    }
  }

  /** No two bytes in a row are the same, and no two sayings, so that nothing can be mixed up. */
  private void says(FakeSocket socket, int size) {
    if (!socket.hasFinished() && !socket.isBroken()) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) (told * 31 + i * 7);
      }
      told++;
      socket.says(bytes);
    }
  }

  private static void changesItsMind(int what, FakeSocket socket, int which) {
    switch (what) {
      case 70, 71 -> socket.finishes();
      case 72 -> socket.breaks();
      case 73, 74 -> socket.takes(0);
      case 75, 76 -> socket.takes(which % 100);
      case 77 -> socket.isStubborn();
      default -> socket.takesEverything();
    }
  }

  private void goesWrong(int what, End end, int which) {
    switch (what) {
      case 80 -> end.link.breaks();
      case 81 -> world.service.says(end, Messages.sessionReset());
      case 82 -> world.ends().forEach(e -> world.service.says(e, Messages.sessionReset()));
      case 83 -> world.service.refuses(End.status(503, Retry.WITH_BACKOFF, false));
      case 84, 85 -> world.destination.local.unreachable = which % 3;
      case 86, 87, 88 -> end.link.congested = !end.link.congested;
      case 89, 90, 91, 92 -> world.service.says(end, astray(which));
      case 93, 94 -> noticesLate(Duration.ofMillis(TIMES[which % TIMES.length]));
      default -> world.run();
    }
  }

  /** A message that belongs nowhere, though not one that ends the session. */
  private static Message astray(int which) {
    int stream = 1_000 + which % 5;
    int connection = 1 + which % 3;
    return switch (which % 6) {
      case 0 -> Messages.data(SSH, stream, connection, "astray");
      case 1 -> Messages.streamReset(SSH, stream);
      case 2 -> Messages.connectionReset(SSH, stream, connection);
      case 3 -> Messages.data(new ServiceId("UNKNOWN"), 1, 1, "astray");
      case 4 -> Messages.data(SSH, 0, connection, "astray");
      default -> new Message.Unknown(42, true);
    };
  }

  /** Time passes while the machines are busy elsewhere, so that deadlines are met late. */
  private void noticesLate(Duration time) {
    world.service.now(world.service.now() + time.toMillis());
    world.ends().forEach(End::wake);
  }

  // What is promised.

  private void check() {
    for (End end : world.ends()) {
      assertTrue(
          end.machine.undelivered() <= 300 + MOST_IN_A_FRAME * READ_SIZE,
          () -> "undelivered: " + end.machine.undelivered());
    }
    for (FakeSocket client : world.source.sockets) {
      world
          .destination
          .local
          .partnerOf(client)
          .ifPresent(
              application -> {
                assertHeardInOrder(client, application);
                assertHeardInOrder(application, client);
              });
    }
  }

  /** Nothing lost in between, nothing twice, nothing of others. */
  private static void assertHeardInOrder(FakeSocket speaker, FakeSocket listener) {
    byte[] heard = listener.heardBytes();
    byte[] said = speaker.saidBytes();
    assertTrue(heard.length <= said.length, () -> listener + " heard more than " + speaker);
    assertArrayEquals(Arrays.copyOf(said, heard.length), heard, () -> listener + ": " + speaker);
  }

  /** Everybody becomes reasonable, finishes, and is given the time to. */
  void ends() {
    world.destination.local.unreachable = 0;
    for (End end : world.ends()) {
      end.link.congested = false;
      end.sockets.forEach(FakeSocket::takesEverything);
    }
    world.passes(Duration.ofMinutes(10));
    world.ends().forEach(end -> end.sockets.forEach(FakeSocket::finishes));
    world.passes(Duration.ofMinutes(10));
    check();
    for (End end : world.ends()) {
      for (FakeSocket socket : end.sockets) {
        assertTrue(socket.isOver(), () -> socket + " never ends");
      }
      assertEquals(0, end.machine.undelivered());
      assertEquals(
          end.told(Effect.Opened.class).size(), end.told(Effect.Ended.class).size(), "ended");
      assertTrue(end.link.isUp(), "it reconnects whatever happens");
    }
    world.source.sockets.forEach(this::assertHeardToTheEnd);
    world.ends().forEach(End::stop);
    world.run();
    world.ends().forEach(end -> assertEquals(new Outcome.Stopped(), end.outcome.orElseThrow()));
  }

  /** Where one finished by itself and the other closed in order, the other heard everything. */
  private void assertHeardToTheEnd(FakeSocket client) {
    world
        .destination
        .local
        .partnerOf(client)
        .ifPresent(
            application -> {
              assertHeardToTheEnd(client, application);
              assertHeardToTheEnd(application, client);
            });
  }

  private static void assertHeardToTheEnd(FakeSocket speaker, FakeSocket listener) {
    if (ENDS_OF_ITS_OWN.contains(speaker.endReason)
        && listener.endReason.equals("the peer closed it")
        && listener.fate == FakeSocket.Fate.CLOSED) {
      assertArrayEquals(speaker.saidBytes(), listener.heardBytes(), () -> "all of " + speaker);
    }
  }
}
