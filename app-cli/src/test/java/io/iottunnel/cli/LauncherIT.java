package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void helpComesOnStandardOutputWithZero() throws InterruptedException {
    try (LocalProxyProcess run = LocalProxyProcess.start(NOTHING, "--help")) {
      assertEquals(0, run.awaitExit());
      assertTrue(run.out().contains("Show help message"), run.out());
      assertEquals("", run.err());
    }
  }

  @Test
  void theVersionComesWithZeroAndNothingElseIsValidated() throws InterruptedException {
    try (LocalProxyProcess run = LocalProxyProcess.start(NOTHING, "-V", "-s", "nonsense")) {
      assertEquals(0, run.awaitExit());
      assertTrue(run.out().matches("Running AWS .* version: \\d+\\.\\d+\\.\\d+\n"), run.out());
      assertEquals("", run.err());
    }
  }

  @Test
  void itRunsThroughSymbolicLinksFromAnywhere(@TempDir Path elsewhere)
      throws IOException, InterruptedException {
    Path link = elsewhere.resolve("link");
    Files.createSymbolicLink(link, LocalProxyProcess.launcher());
    Files.createDirectory(elsewhere.resolve("bin"));
    Path relative = elsewhere.resolve("bin/localproxy");
    Files.createSymbolicLink(relative, Path.of("../link"));

    try (LocalProxyProcess run =
        LocalProxyProcess.run(NOTHING, List.of(relative.toString(), "-V"))) {
      assertEquals(0, run.awaitExit(), run.err());
    }
  }

  @Test
  void aJavaHomeWithoutJavaIsSaid(@TempDir Path empty) throws InterruptedException {
    try (LocalProxyProcess run =
        LocalProxyProcess.start(Map.of("JAVA_HOME", empty.toString()), "-V")) {
      assertNotEquals(0, run.awaitExit());
      assertTrue(
          run.err().startsWith("localproxy: JAVA_HOME is '" + empty + "', where there is no"),
          run.err());
    }
  }

  @Test
  void aJavaThatIsTooOldIsSaid(@TempDir Path old) throws IOException, InterruptedException {
    Files.createDirectory(old.resolve("bin"));
    Files.createFile(old.resolve("bin/java"));
    assertTrue(old.resolve("bin/java").toFile().setExecutable(true));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    try (LocalProxyProcess run =
        LocalProxyProcess.start(Map.of("JAVA_HOME", old.toString()), "-V")) {
      assertNotEquals(0, run.awaitExit());
      assertTrue(run.err().contains("Java 17 or later is needed"), run.err());
      assertTrue(run.err().contains("version 11.0.2"), run.err());
    }
  }

  @Test
  void anInstallationSaysWhereTheDemoIs(@TempDir Path installation)
      throws IOException, InterruptedException {
    Path launcher = installation.resolve("localproxy");
    Files.copy(LocalProxyProcess.launcher(), launcher);
    assertTrue(launcher.toFile().setExecutable(true));

    try (LocalProxyProcess run =
        LocalProxyProcess.run(NOTHING, List.of(launcher.toString(), "demo"))) {
      assertEquals(1, run.awaitExit());
      assertEquals(
          "localproxy: the demo is part of the source checkout, not of an installation.\n",
          run.err());
    }
  }

  @Test
  void optionsForTheJvmArePassedOn() throws InterruptedException {
    try (LocalProxyProcess run =
        LocalProxyProcess.start(Map.of("LOCALPROXY_JAVA_OPTS", "-XshowSettings:vm"), "-V")) {
      assertEquals(0, run.awaitExit());
      assertTrue(run.err().contains("Max. Heap Size"), run.err());
      assertFalse(run.out().isEmpty());
    }
  }
}
