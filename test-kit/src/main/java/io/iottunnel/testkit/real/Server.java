package io.iottunnel.testkit.real;

import io.iottunnel.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real server as a process of its own, on a free port of 127.0.0.1, with a directory that goes
 * with it.
 */
final class Server implements AutoCloseable {

  private static final long BETWEEN_ATTEMPTS_MS = 20;
  private static final long PATIENCE_MS = 2_000;

  private final String name;
  private final Path directory;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private Server(String name, Path directory, int port) {
    this.name = name;
    this.directory = directory;
    this.port = port;
  }

  /** A directory and a port for a server, which does not run yet. */
  static Server prepare(String name) throws IOException {
    Path directory = Files.createTempDirectory(name);
    // A server that root starts gives up its rights, and has to write here all the same.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Server(name, directory, free.getLocalPort());
    }
  }

  /** The first of {@code candidates} that can be run here. */
  static Optional<Path> find(String... candidates) {
    return Stream.of(candidates).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Why a program is missing, if it is. */
  static Optional<String> missing(String program, Optional<Path> found) {
    return found.isPresent() ? Optional.empty() : Optional.of(program + " is not installed here");
  }

  int port() {
    return port;
  }

  Path file(String fileName) {
    return directory.resolve(fileName);
  }

  /** Writes a file of the server's. */
  Path write(String fileName, String content) throws IOException {
    return Files.writeString(file(fileName), content);
  }

  /** What the server has written into one of its files so far; nothing where there is none. */
  String read(String fileName) {
    try {
      return Files.exists(file(fileName)) ? Files.readString(file(fileName)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line with {@code text} in one of its files, and returns all that are there. */
  List<String> awaitLine(String fileName, String text) {
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (true) {
      List<String> lines = read(fileName).lines().filter(line -> line.contains(text)).toList();
      if (!lines.isEmpty()) {
        return lines;
      }
      if (exits(process.orElseThrow(), BETWEEN_ATTEMPTS_MS) || System.nanoTime() > end) {
        throw new AssertionError(
            name + " did not write '" + text + "' to " + fileName + ", but: " + read(fileName));
      }
    }
  }

  /** Runs the server until it answers on its port; what it prints goes to {@code output.log}. */
  void start(List<String> command) throws IOException {
    start(Map.of(), command);
  }

  /** The same, with {@code environment} beside the test's own. */
  void start(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder =
        prepare(environment, command).redirectOutput(file("output.log").toFile());
    Process started = builder.start();
    process = Optional.of(started);
    long end = System.nanoTime() + Deadline.LIMIT.toNanos();
    while (!answers()) {
      if (exits(started, BETWEEN_ATTEMPTS_MS) || System.nanoTime() > end) {
        String said = read("output.log");
        close();
        throw new IOException(name + " does not answer on its port; it said: " + said);
      }
    }
  }

  /**
   * Runs a program that prepares something for the server, to its end.
   *
   * @return what it printed
   * @throws IOException with what it printed, if it ends with anything but 0
   */
  String run(Map<String, String> environment, List<String> command) throws IOException {
    Process started = prepare(environment, command).start();
    String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!exits(started, Deadline.LIMIT.toMillis()) || started.exitValue() != 0) {
      throw new IOException(command.get(0) + " failed; it said: " + said);
    }
    return said;
  }

  private ProcessBuilder prepare(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Ends the process, politely first. */
  void stop() {
    process.ifPresent(
        running -> {
          running.destroy();
          if (!exits(running, PATIENCE_MS)) {
            running.destroyForcibly();
          }
        });
  }

  /** Ends the process and deletes the directory. */
  @Override
  public void close() {
    stop();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static boolean exits(Process process, long withinMs) {
    try {
      return process.waitFor(withinMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
