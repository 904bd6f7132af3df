package io.iottunnel.testkit.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the demo does when a local proxy does not do what it should. That it works is shown by
 * running it.
 */
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "the stand-ins for the launcher are shell scripts")
class DemoTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int demoWith(String launcher) {
    Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, false);
    return new Demo(screen, new PrintStream(err, true, StandardCharsets.UTF_8), launcher)
        .run(false);
  }

  private String script(String body) throws IOException {
    Path file = directory.resolve("localproxy");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  @Test
  void aLocalProxyThatEndsIsReportedWithItsCodeAndItsLastLines() throws IOException {
    String launcher =
        script("i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo line $i; done; echo why >&2; exit 4");

    assertEquals(1, demoWith(launcher));

    String errors = err.toString(StandardCharsets.UTF_8);
    assertTrue(errors.contains("The destination ended with 4 before it could connect."), errors);
    assertTrue(errors.contains("  line 40\n  why\n"), errors);
    assertFalse(errors.contains("line 20\n"), errors);
  }

  @Test
  void aLauncherThatCannotBeStartedIsReported() {
    assertEquals(1, demoWith(directory.resolve("nothing-here").toString()));

    String errors = err.toString(StandardCharsets.UTF_8);
    assertTrue(errors.contains("The destination cannot be started:"), errors);
  }

  @Test
  void noSecretIsShownAndNoFileIsLeft() throws IOException {
    Path seen = directory.resolve("seen");
    String launcher =
        script("echo \"$HTTPS_PROXY $AWSIOT_TUNNEL_ACCESS_TOKEN $SSL_CERT_FILE\" >" + seen);

    assertEquals(1, demoWith(launcher));

    Matcher given =
        Pattern.compile("http://demo:(\\S+)@127\\.0\\.0\\.1:\\d+ (\\S+) (\\S+)\n")
            .matcher(Files.readString(seen));
    assertTrue(given.matches());
    String shown = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("http://demo:***@127.0.0.1:"), shown);
    assertFalse(shown.contains(given.group(1)), shown);
    assertFalse(shown.contains(given.group(2)), shown);
    assertFalse(Files.exists(Path.of(given.group(3))));
  }
}
