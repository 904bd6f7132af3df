package io.iottunnel.testkit.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Screen screen(boolean terminal, boolean colours) {
    return new Screen(new PrintStream(out, false, StandardCharsets.UTF_8), terminal, colours);
  }

  private String shown() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aFileGetsNoProgressBarAndNoEscapes() {
    Screen screen = screen(false, true);

    screen.heading("A page");
    screen.progress(1, 2, Duration.ofSeconds(1));
    screen.progressOver();
    screen.event(Duration.ofMillis(2_345), "done");
    screen.event(Duration.ofNanos(3_400_000), "soon");

    assertEquals("\nA page\n       2.35 s  done\n       3.4 ms  soon\n", shown());
  }

  @Test
  void aTerminalGetsABarThatIsTakenAwayAgain() {
    Screen screen = screen(true, false);

    screen.progress(15_000_000, 50_000_000, Duration.ofMillis(100));
    assertTrue(shown().endsWith("[############----------------------------]  30 %  150 MB/s"));

    screen.progress(16_000_000, 50_000_000, Duration.ofMillis(101));
    assertTrue(shown().endsWith(" 30 %  150 MB/s"), "redrawn sooner than anybody can see");

    screen.progressOver();
    assertTrue(shown().endsWith("\r\033[K"));
  }

  @Test
  void emphasisIsForTerminalsWhereItIsWanted() {
    screen(true, true).heading("A page");

    assertEquals("\n\033[1mA page\033[m\n", shown());
  }
}
