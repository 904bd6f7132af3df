package io.iottunnel.testkit.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A local proxy in a process of its own. Its log is read as it is written: that is how the demo
 * knows what it does. Thread-safe.
 */
final class LocalProxyProcess implements AutoCloseable {

  private static final int LINES_SHOWN = 12;
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  /** What of our own surroundings would lead elsewhere than the demo wants. */
  private static final Set<String> NOT_INHERITED =
      Set.of(
          "https_proxy",
          "all_proxy",
          "ALL_PROXY",
          "no_proxy",
          "NO_PROXY",
          "SSL_CERT_DIR",
          "AWSIOT_TUNNEL_CLIENT_TOKEN",
          "AWSIOT_TUNNEL_ENDPOINT",
          "AWSIOT_TUNNEL_REGION");

  private final String name;
  private final Process process;
  private final ProcessLog log = new ProcessLog();
  private final Consumer<LogLine> onLine;

  private LocalProxyProcess(String name, Process process, Consumer<LogLine> onLine) {
    this.name = name;
    this.process = process;
    this.onLine = onLine;
    Thread reader = new Thread(this::read, "log of the " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one.
   *
   * @param name what it is called in messages
   * @param environment variables on top of what is inherited
   * @param onLine is told of each entry of its log, on a thread of its own
   */
  static LocalProxyProcess start(
      String name, List<String> command, Map<String, String> environment, Consumer<LogLine> onLine)
      throws DemoFailure {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().keySet().removeAll(NOT_INHERITED);
    builder.environment().putAll(environment);
    try {
      return new LocalProxyProcess(name, builder.start(), onLine);
    } catch (IOException e) {
      throw new DemoFailure("The " + name + " cannot be started: " + e.getMessage(), e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessLog log() {
    return log;
  }

  List<String> lastLines() {
    return log.last(LINES_SHOWN);
  }

  /**
   * Waits for the first log entry that begins like this and has come since {@code mark}.
   *
   * @param what this process shall do, for the message if it does not: {@code listens}
   */
  LogLine await(String what, String beginning, long mark, Duration limit) throws DemoFailure {
    try {
      return log.await(beginning, mark, limit)
          .orElseThrow(() -> new DemoFailure(missed(what, limit)).with(List.of(this)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted while waiting for the " + name + ".", e);
    }
  }

  private String missed(String what, Duration limit) {
    return process.isAlive()
        ? "The " + name + " did not " + what + " within " + limit.toSeconds() + " s."
        : "The " + name + " ended with " + process.exitValue() + " before it could " + what + ".";
  }

  /** Completes when it has ended. */
  CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /** Asks it to end, and waits until it has. */
  int stop() throws DemoFailure {
    process.destroy();
    try {
      if (process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new DemoFailure(
            "The " + name + " did not end within " + END_LIMIT.toSeconds() + " s of SIGTERM.")
        .with(List.of(this));
  }

  /** Sees to it that it has ended. */
  @Override
  public void close() throws DemoFailure {
    if (process.isAlive()) {
      stop();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LogLine.parse(line).ifPresent(onLine);
        log.add(line);
      }
      process.waitFor();
    } catch (IOException e) {
      log.add("(its output cannot be read any more: " + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      log.end();
    }
  }
}
