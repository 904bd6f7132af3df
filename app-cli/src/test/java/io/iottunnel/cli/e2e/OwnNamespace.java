package io.iottunnel.cli.e2e;

import io.iottunnel.testkit.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network and a root directory of its own for a process: there it may have every address, every
 * port and every path that a document names, and nobody else notices. Linux alone has that.
 *
 * @param root an empty directory, where the root is put together
 * @param name a host name that leads to the address
 * @param address an IPv4 address of the process's host
 * @param directory made, and left empty
 */
record OwnNamespace(Path root, String name, String address, String directory) {

  private static final Path SCRIPT =
      Path.of("src", "test", "resources", "own-namespace.sh").toAbsolutePath();

  /** How {@code command} is run inside. */
  List<String> running(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "--net"));
    if (!System.getProperty("user.name").equals("root")) {
      whole.add("--map-root-user");
    }
    whole.addAll(List.of("sh", SCRIPT.toString(), root.toString(), name, address, directory));
    whole.addAll(command);
    return whole;
  }

  /** Why there can be none here, if there cannot. */
  Optional<String> missing() {
    try {
      Process probe =
          new ProcessBuilder(running(List.of("true"))).redirectErrorStream(true).start();
      String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = probe.waitFor(Deadline.limit().toMillis(), TimeUnit.MILLISECONDS);
      return ended && probe.exitValue() == 0
          ? Optional.empty()
          : Optional.of("no network and root of one's own here: " + said.strip());
    } catch (IOException e) {
      return Optional.of("no network and root of one's own here: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
