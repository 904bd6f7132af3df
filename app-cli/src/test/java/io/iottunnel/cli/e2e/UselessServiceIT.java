package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.LocalProxyProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is of no use, for a while or for good, and the process that waits for it. */
class UselessServiceIT {

  private static final Bulk BULK = Bulk.random(1, 50_000);
  private static final String QUICK =
      "{\"websocket\":{\"ping_period_ms\":300,\"retry_delay_ms\":50}}";

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
  void droppedRightBehindEveryUpgradeItEndsWith8OnceRetriesAreUsedUp() throws Exception {
    int retries = 6;
    tunnel.service().dropNextSessions(retries + 1);
    LocalProxyProcess source =
        tunnel.source(
            Terms.USUAL.settings(
                "{\"websocket\":{\"retry_delay_ms\":50,\"max_retry_delay_ms\":100,"
                    + "\"connect_retry_count\":%d}}".formatted(retries)));

    assertEquals(8, source.awaitExit(), source.err());

    assertEquals(retries + 1, tunnel.service().handshakes().size());
    assertEquals(retries, source.err().split("; connecting again in ", -1).length - 1);
  }

  @Test
  void unableToServeForAWhileItIsAskedUntilItCan() throws Exception {
    tunnel.service().refuseNextUpgrades(3, 503);
    LocalProxyProcess source = tunnel.source(Terms.USUAL.settings(QUICK));
    tunnel.destination(Terms.USUAL.settings(QUICK), Map.of("SSH1", echo));

    ProcessTunnel.echo(source, "SSH1", BULK);

    assertTrue(source.err().contains("503"), source.err());
    tunnel.endInOrder();
  }

  @Test
  void silentAfterItHadAnsweredPingsItIsLeftAndReachedAgain() throws Exception {
    LocalProxyProcess source = tunnel.source(Terms.USUAL.settings(QUICK));
    LocalProxyProcess destination =
        tunnel.destination(Terms.USUAL.settings(QUICK), Map.of("SSH1", echo));
    ProcessTunnel.echo(source, "SSH1", BULK);
    tunnel.tunnel().source().awaitPings(2);
    tunnel.tunnel().destination().awaitPings(2);

    tunnel.tunnel().source().goSilent();
    tunnel.tunnel().destination().goSilent();

    tunnel.tunnel().source().awaitSessions(2);
    tunnel.tunnel().destination().awaitSessions(2);
    source.awaitLine("the service has sent nothing");
    destination.awaitLine("the service has sent nothing");
    ProcessTunnel.echo(source, "SSH1", BULK);
    tunnel.endInOrder();
  }
}
