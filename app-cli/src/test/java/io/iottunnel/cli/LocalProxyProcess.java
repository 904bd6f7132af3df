package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.secrets.Printed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real launcher as a process of its own, watched from outside. */
public final class LocalProxyProcess implements AutoCloseable {

  /** A JVM is started and ended within it, on a busy machine. */
  public static final long LIMIT_SECONDS = 60;

  private static final Pattern PORT =
      Pattern.compile("Listening for new connection on port (\\d+)");

  private final Process process;
  private final Lines out;
  private final Lines err;

  /** Where the launcher of this source checkout is. */
  public static Path launcher() {
    return Path.of(System.getProperty("localproxy.launcher")).toAbsolutePath().normalize();
  }

  /**
   * Starts the launcher.
   *
   * @param environment what to set beside the test's own environment, from which everything that
   *     the local proxy reads is taken out
   */
  public static LocalProxyProcess start(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return run(environment, command);
  }

  /** Runs any command in that environment. */
  public static LocalProxyProcess run(Map<String, String> environment, List<String> command) {
    Process process = begin(environment, command);
    return new LocalProxyProcess(process, process.getInputStream());
  }

  /** Runs a shell script in that environment, beside the launcher. */
  public static LocalProxyProcess shell(Map<String, String> environment, String script) {
    return run(
        environment, List.of("sh", "-c", "cd '%s'\n%s".formatted(launcher().getParent(), script)));
  }

  /** Starts the launcher, whose standard output is left to {@link #stdio}. */
  public static LocalProxyProcess startForStdio(
      Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return new LocalProxyProcess(begin(environment, command), InputStream.nullInputStream());
  }

  private static Process begin(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(LocalProxyProcess::isRead);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRead(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.endsWith("_PROXY")
        || Stream.of("AWSIOT_", "LOCALPROXY_", "KRB5", "SSL_CERT_").anyMatch(name::startsWith);
  }

  /**
   * @param out what is read of its standard output here
   */
  private LocalProxyProcess(Process process, InputStream out) {
    this.process = process;
    this.out = new Lines("standard output of a local proxy", out);
    this.err = new Lines("standard error of a local proxy", process.getErrorStream());
  }

  /** The far end of its standard input and output. */
  public Peer stdio() {
    return Peer.of(process.getInputStream(), process.getOutputStream());
  }

  /** Waits for a line on standard error that contains {@code text}. */
  public void awaitLine(String text) throws InterruptedException {
    err.await(text);
  }

  /** Waits until a source listens, and returns the port of its first listener. */
  public int port() throws InterruptedException {
    awaitLine("Listening for new connection on port ");
    Matcher line = PORT.matcher(err.text());
    assertTrue(line.find(), err.text());
    return Integer.parseInt(line.group(1));
  }

  /** Waits until a source listens for {@code service} at a port of the system's choice. */
  public int port(String service) throws InterruptedException {
    String beginning = "] " + service + " = ";
    awaitLine(beginning);
    String text = err.text();
    int from = text.indexOf(beginning) + beginning.length();
    return Integer.parseInt(text.substring(from, text.indexOf('\n', from)));
  }

  /** The process, by what the system calls it. */
  public long pid() {
    return process.pid();
  }

  /** Whether it lives on for so long. */
  public boolean outlives(Duration time) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends a signal, such as {@code TERM}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  /** Waits for the end, and checks what holds for every run: no stack trace is shown. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end; standard error: " + err.text());
    }
    out.awaitEnd();
    err.awaitEnd();
    assertFalse(err.text().contains("\tat "), err.text());
    assertFalse(out.text().contains("\tat "), out.text());
    return process.exitValue();
  }

  /** What came on standard output so far. */
  public String out() {
    return out.text();
  }

  /** What came on standard error so far. */
  public String err() {
    return err.text();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  /** One of its streams, read to the end by a thread of its own. */
  private static final class Lines {

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Lines(String name, InputStream in) {
      this.name = name;
      reader = new Thread(() -> read(in), "lines");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream in) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(line + "\n");
        }
      } catch (IOException e) {
        add("(reading failed: " + e + ")\n");
      } finally {
        end();
      }
    }

    private synchronized void add(String more) {
      Printed.add(name, more);
      text.append(more);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized void await(String wanted) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (text.indexOf(wanted) < 0) {
        long left = deadline - System.nanoTime();
        if (ended || left <= 0) {
          throw new AssertionError("'" + wanted + "' did not come, but:\n" + text);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }

    void awaitEnd() throws InterruptedException {
      reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }

    synchronized String text() {
      return text.toString();
    }
  }
}
