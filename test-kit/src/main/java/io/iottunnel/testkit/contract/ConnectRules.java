package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalSockets.Address;
import io.iottunnel.ports.LocalSockets.Connected;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.UnusedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@code LocalSockets.connect} must do. */
public interface ConnectRules {

  /** The adapter under test. */
  LocalSocketsBench bench();

  /** The address that answered is told as a literal, also where a name was given. */
  @Test
  default void l20_theAddressThatAnsweredIsTold() throws IOException {
    try (ServerSocket application = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int port = application.getLocalPort();
      Connected connected =
          Deadline.get(
              bench().sockets().connect(Endpoint.tcp("localhost", port)), "connecting by name");
      assertEquals(new Address("127.0.0.1", port), connected.remote());
    }
  }

  /** A refusal names the address, the port and the system's reason. */
  @Test
  default void l21_aRefusalNamesTheAddressAndTheReason() {
    try (UnusedPort nobody = UnusedPort.keep()) {
      Messages.name(unreachable(nobody.endpoint()), nobody.endpoint().toString(), "refused");
    }
  }

  /** A name that does not resolve is told (RFC 6761: none below {@code invalid} does). */
  @Test
  default void l22_aNameThatDoesNotResolveIsTold() {
    Messages.name(unreachable(Endpoint.tcp("nowhere.invalid", 22)), "nowhere.invalid");
  }

  /**
   * Where the first address of a name refuses, the others are tried. Needs a name with two
   * addresses: {@link TwoAddresses} says how to have one.
   */
  @Test
  default void l23_everyAddressIsTried() throws IOException {
    TwoAddresses name = TwoAddresses.required();
    try (ServerSocket application = new ServerSocket(0, 10, name.second())) {
      Connected connected =
          Deadline.get(
              bench().sockets().connect(Endpoint.tcp(name.name(), application.getLocalPort())),
              "connecting to the second address");
      assertEquals(name.second().getHostAddress(), connected.remote().ip());
    }
  }

  /** Where every address refuses, each is named. */
  @Test
  default void l24_everyAddressIsNamed() throws IOException {
    TwoAddresses name = TwoAddresses.required();

    try (UnusedPort nobody = UnusedPort.keep()) {
      Messages.name(
          unreachable(Endpoint.tcp(name.name(), nobody.number())),
          name.first().getHostAddress(),
          name.second().getHostAddress());
    }
  }

  /**
   * A connection that comes too late for a cancelled future is closed. If one stays open: the
   * future may be cancelled between the connection and its completion; look at what complete()
   * returns.
   */
  @Test
  default void l25_cancellingClosesAConnectionThatComesTooLate() throws IOException {
    try (ServerSocket application = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 50; i++) {
        CompletableFuture<Connected> future = connect(application);
        if (!future.cancel(true)) {
          future.join().stream().close();
        }
      }
      Connected last = Deadline.get(connect(application), "a connection after many cancelled ones");
      new PatientStream(last.stream()).write(TestBytes.first(1));
      boolean stillCancelled = true;
      while (stillCancelled) {
        Peer peer = bench().closing(Peer.of(application.accept()));
        stillCancelled = endsInSilence(peer);
      }
    }
  }

  /** To connect takes no time of the caller's, however long the application takes to answer. */
  @Test
  default void l26_connectingDoesNotBlock() throws IOException {
    try (DeadAddress dead = DeadAddress.required(InetAddress.getLoopbackAddress())) {
      CompletableFuture<Boolean> returned =
          Background.start(
              () -> {
                CompletableFuture<Connected> future = bench().sockets().connect(dead.endpoint());
                boolean done = future.isDone();
                return future.cancel(true) && !done;
              });
      assertTrue(Deadline.get(returned, "the return of connect"), "connected to a dead address");
    }
  }

  private CompletableFuture<Connected> connect(ServerSocket application) {
    return bench().sockets().connect(LocalSocketsBench.endpoint(application));
  }

  /**
   * Whether the connection ends before a byte comes; one that does neither is left open, and fails.
   */
  private static boolean endsInSilence(Peer peer) throws IOException {
    try {
      return peer.in().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private UnreachableException unreachable(Endpoint endpoint) {
    return assertInstanceOf(
        UnreachableException.class,
        Deadline.failure(bench().sockets().connect(endpoint), "connecting to " + endpoint));
  }
}
