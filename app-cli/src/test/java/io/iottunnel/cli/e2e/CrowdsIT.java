package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than anybody expects, friendly or not, and what is left of them. */
class CrowdsIT {

  private static final Bulk BULK = Bulk.random(1, 50_000);

  private static final String WAIT = "clients of SSH1 wait";

  private Application echo;
  private ProcessTunnel tunnel;

  @BeforeEach
  void openTunnel(@TempDir Path directory) {
    echo = Application.echo();
    tunnel = new ProcessTunnel(directory, "SSH1");
  }

  @AfterEach
  void theJudgeFindsNothing() {
    tunnel.close();
    echo.close();
  }

  @Test
  void tenThousandClientsThatResetAtOnceLeaveNothingBehind() throws Exception {
    LocalProxyProcess destination = tunnel.destination(Terms.USUAL, Map.of("SSH1", echo));
    LocalProxyProcess source = tunnel.source(Terms.USUAL);
    ProcessTunnel.echo(source, "SSH1", BULK);
    Vitals sourceBefore = Vitals.of(source);
    Vitals destinationBefore = Vitals.of(destination);

    for (int i = 0; i < 10_000; i++) {
      ProcessTunnel.client(source, "SSH1").reset();
    }

    ProcessTunnel.echo(source, "SSH1", BULK);
    awaitNoMoreThan(sourceBefore, source, source);
    awaitNoMoreThan(destinationBefore, destination, source);
    tunnel.endInOrder();
  }

  /** Lets clients come and go until the process holds no more than it did. */
  private static void awaitNoMoreThan(
      Vitals before, LocalProxyProcess run, LocalProxyProcess source) throws Exception {
    long end = System.nanoTime() + Deadline.limit().toNanos();
    while (!Vitals.of(run).isNoMoreThan(before)) {
      assertTrue(System.nanoTime() < end, before + " before, now " + Vitals.of(run));
      ProcessTunnel.echo(source, "SSH1", BULK);
    }
  }

  @Test
  void clientsBeyondTheLimitAreClosedAtOnceAndNobodyElseNotices() throws Exception {
    int limit = 128;
    int all = 200;
    tunnel.destination(Terms.USUAL, Map.of("SSH1", echo));
    LocalProxyProcess source = tunnel.source(Terms.USUAL);
    List<Peer> clients = connect(source, all);

    List<Peer> served = new ArrayList<>();
    for (Peer client : clients) {
      if (isServed(client)) {
        served.add(client);
      }
    }

    assertEquals(limit, served.size());
    for (Peer client : served) {
      Bulk.exchange(client, BULK, BULK);
      client.close();
    }
    awaitServed(source);
    assertTrue(source.err().contains("Turned a client of SSH1 away: "), source.err());
    tunnel.endInOrder();
  }

  @Test
  void withoutDescriptorsClientsWaitAndAreServedAsOthersEnd() throws Exception {
    int crowd = 100;
    tunnel.destination(Terms.USUAL, Map.of("SSH1", echo));
    LocalProxyProcess source = tunnel.source(Terms.USUAL.descriptors(crowd));
    try (Peer open = ProcessTunnel.client(source, "SSH1")) {
      Bulk.exchange(open, BULK, BULK);
      List<Peer> clients = connect(source, crowd);
      source.awaitLine(WAIT);
      Bulk.exchange(open, BULK, BULK);

      for (Peer first : clients.subList(0, crowd / 2)) {
        first.close();
      }

      for (Peer waiting : clients.subList(crowd / 2, crowd)) {
        Bulk.exchange(waiting, BULK, BULK);
        waiting.close();
      }
      Bulk.exchange(open, BULK, BULK);
      assertEquals(1, source.err().split(WAIT, -1).length - 1, source.err());
      assertEquals(1, tunnel.tunnel().source().sessions());
    }
    tunnel.endInOrder();
  }

  /** Lets clients come until one is served: that the others have gone is noticed one by one. */
  private static void awaitServed(LocalProxyProcess source) throws Exception {
    long end = System.nanoTime() + Deadline.limit().toNanos();
    boolean served = false;
    while (!served) {
      assertTrue(System.nanoTime() < end, source.err());
      try (Peer client = ProcessTunnel.client(source, "SSH1")) {
        served = isServed(client);
      }
    }
  }

  private static List<Peer> connect(LocalProxyProcess source, int howMany) throws Exception {
    List<Peer> clients = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      clients.add(ProcessTunnel.client(source, "SSH1"));
    }
    return clients;
  }

  /** Whether one byte comes back; the alternative is the end, at once. */
  private static boolean isServed(Peer client) throws IOException {
    try {
      client.send(new byte[] {42});
      return client.receive(1).length == 1;
    } catch (SocketException reset) {
      return false;
    }
  }
}
