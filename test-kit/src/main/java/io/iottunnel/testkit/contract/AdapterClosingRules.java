package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.contract.LocalSocketsBench.Listening;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What must be left of an adapter after it was closed: nothing. */
public interface AdapterClosingRules {

  /** The adapter under test. */
  LocalSocketsBench bench();

  /** Skips the test, visibly, where the adapter declares that it has no Unix sockets. */
  void requireUnixSockets();

  /** Every connection ends, and its stream says so from then on. */
  @Test
  default void l40_closingTheAdapterEndsEveryConnection() throws IOException {
    Joined accepted = bench().accepted(bench().listen());
    Joined connected = bench().connected();
    AtomicBoolean ranTooLate = new AtomicBoolean();
    bench().sockets().close();
    accepted.stream().whenReadable(() -> ranTooLate.set(true));

    accepted.peer().awaitEnd();
    connected.peer().awaitEnd();
    assertThrows(
        ClosedChannelException.class, () -> accepted.stream().read(ByteBuffer.allocate(1)));
    assertThrows(
        ClosedChannelException.class, () -> connected.stream().write(ByteBuffer.allocate(1)));
    assertFalse(ranTooLate.get(), "an action ran after the adapter was closed");
  }

  /** Every port is given back. */
  @Test
  default void l41_closingTheAdapterEndsEveryListener() {
    Listening listening = bench().listen();
    bench().sockets().close();

    UnusedPort.awaitRefusal(listening.address());
  }

  /** Every socket file is deleted. */
  @Test
  default void l42_closingTheAdapterDeletesItsSocketFiles() throws IOException {
    requireUnixSockets();
    Path path = bench().unixPath();
    bench().listen(new Endpoint.Unix(path.toString()));
    bench().sockets().close();

    assertFalse(Files.exists(path), "the socket file of a closed adapter");
  }

  /**
   * No thread outlives the adapter. If one does: its name is in the failure. The threads are known
   * by their group, which a thread inherits from the one that starts it.
   */
  @Test
  default void l43_closingTheAdapterEndsItsThreads() throws Exception {
    ThreadGroup group = new ThreadGroup("adapter under test");
    CompletableFuture<Thread[]> threads =
        Background.start(
            group,
            () -> {
              LocalSockets sockets = bench().another();
              Deadline.get(sockets.listen(Endpoint.tcp("localhost", 0), client -> {}), "listening");
              Deadline.failure(sockets.connect(Endpoint.tcp("nowhere.invalid", 22)), "connecting");
              sockets.close();
              Thread[] all = new Thread[100];
              return Arrays.copyOf(all, group.enumerate(all));
            });
    for (Thread thread : Deadline.get(threads, "the life of an adapter")) {
      Deadline.join(thread);
    }
  }

  /** Closing twice is closing once. */
  @Test
  default void l44_closingTwiceIsHarmless() {
    bench().sockets().close();
    bench().sockets().close();
  }
}
