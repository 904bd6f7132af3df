package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.emulator.TunnelEnd;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything strange that a service may say, at real processes, one after the other. */
class StrangeMessagesIT {

  private static final Bulk BULK = Bulk.random(1, 500_000);
  private static final Terms QUICK =
      Terms.USUAL.settings("{\"websocket\":{\"retry_delay_ms\":20,\"max_retry_delay_ms\":100}}");

  @ParameterizedTest
  @EnumSource
  void afterAllThatIsStrangeATransferIsAsEver(Mode mode, @TempDir Path directory) throws Exception {
    try (Application echo = Application.echo();
        ProcessTunnel tunnel = new ProcessTunnel(directory, "SSH1", "WEB")) {
      tunnel.destination(QUICK, Map.of("SSH1", echo, "WEB", echo));
      LocalProxyProcess source = tunnel.source(QUICK);
      ProcessTunnel.echo(source, "SSH1", BULK);
      TunnelEnd end = tunnel.tunnel().end(mode);

      for (Strange strange : harmless(mode)) {
        strange.from().accept(end);
        awaitAnswer(end);
        assertEquals(1, end.sessions(), strange.what());
      }
      ProcessTunnel.echo(source, "SSH1", BULK);
      int sessions = 1;
      for (Strange strange : endings(mode)) {
        strange.from().accept(end);
        sessions++;
        end.awaitSessions(sessions);
      }
      assertEquals(sessions, end.sessions());

      ProcessTunnel.echo(source, "SSH1", BULK);
      ProcessTunnel.echo(source, "WEB", BULK);
      tunnel.endInOrder();
    }
  }

  /** A pong says that everything before its ping was dealt with, in a session that goes on. */
  private static void awaitAnswer(TunnelEnd end) {
    byte[] unique = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
    end.ping(unique);
    end.awaitPong(unique);
  }

  private static List<Strange> harmless(Mode mode) {
    return switch (mode) {
      case SOURCE -> Strange.HARMLESS;
      case DESTINATION -> join(Strange.HARMLESS, Strange.HARMLESS_TO_A_DESTINATION);
    };
  }

  private static List<Strange> endings(Mode mode) {
    return switch (mode) {
      case SOURCE -> join(Strange.ENDS_THE_SESSION, Strange.ENDS_THE_SESSION_OF_A_SOURCE);
      case DESTINATION -> Strange.ENDS_THE_SESSION;
    };
  }

  private static List<Strange> join(List<Strange> first, List<Strange> second) {
    List<Strange> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
