package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that is stopped (Ctrl-Z, a laptop's lid) and continued, as long as people take. */
@Execution(ExecutionMode.CONCURRENT) // it waits, and nothing else
class SuspensionIT {

  private static final Duration BREAK = Duration.ofSeconds(90);
  private static final Bulk BULK = Bulk.random(1, 500_000);

  /**
   * What is on its way when the process is stopped: so little that the service gets rid of it, and
   * goes on reading the other end's pings.
   */
  private static final Bulk ON_ITS_WAY = Bulk.random(2, 16_000);

  @Test
  void aSessionThatTheServiceKeptGoesOnAndNoByteIsLost(@TempDir Path directory) throws Exception {
    try (Application echo = Application.echo();
        ProcessTunnel ofStoppedSource = tunnel(directory, "source");
        ProcessTunnel ofStoppedDestination = tunnel(directory, "destination")) {
      LocalProxyProcess source = ofStoppedSource.source(Terms.USUAL);
      ofStoppedSource.destination(Terms.USUAL, Map.of("SSH1", echo));
      LocalProxyProcess destination =
          ofStoppedDestination.destination(Terms.USUAL, Map.of("SSH1", echo));
      LocalProxyProcess other = ofStoppedDestination.source(Terms.USUAL);
      try (Peer ofSource = ProcessTunnel.client(source, "SSH1");
          Peer ofDestination = ProcessTunnel.client(other, "SSH1")) {
        Bulk.exchange(ofSource, BULK, BULK);
        Bulk.exchange(ofDestination, BULK, BULK);

        CompletableFuture<Boolean> first = send(ofSource);
        CompletableFuture<Boolean> second = send(ofDestination);
        source.signal("STOP");
        destination.signal("STOP");
        assertTrue(source.outlives(BREAK));
        source.signal("CONT");
        destination.signal("CONT");

        ON_ITS_WAY.expectFrom(ofSource);
        ON_ITS_WAY.expectFrom(ofDestination);
        Deadline.get(first, "sending to a stopped source");
        Deadline.get(second, "sending to a stopped destination");
      }
      ProcessTunnel.echo(source, "SSH1", BULK);
      ProcessTunnel.echo(other, "SSH1", BULK);
      assertEquals(1, ofStoppedSource.tunnel().source().sessions());
      assertEquals(1, ofStoppedDestination.tunnel().destination().sessions());
      ofStoppedSource.endInOrder();
      ofStoppedDestination.endInOrder();
    }
  }

  private static ProcessTunnel tunnel(Path directory, String name) throws Exception {
    return new ProcessTunnel(Files.createDirectory(directory.resolve(name)), "SSH1");
  }

  private static CompletableFuture<Boolean> send(Peer client) {
    return Background.start(
        () -> {
          ON_ITS_WAY.sendTo(client);
          return true;
        });
  }
}
