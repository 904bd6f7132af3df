package io.iottunnel.testkit.demo;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code localproxy demo}: shows a tunnel through a web proxy at work, with everything that belongs
 * to it on this machine and a process for each local proxy.
 *
 * <p>The launcher tells two things by system properties: its own path, and whether standard output
 * is a terminal, which it finds out more reliably than Java does.
 */
public final class Demo {

  private static final String LAUNCHER = "localproxy.launcher";
  private static final String TERMINAL = "localproxy.terminal";

  private static final String USAGE =
      """
      Usage: localproxy demo [--keep]
      Shows a tunnel through a web proxy at work, all of it on this machine.

        --keep   leave everything up afterwards, to be tried by hand, until Ctrl-C
      """;

  private final Screen screen;
  private final PrintStream err;
  private final String launcher;
  private final Cleanup cleanup = new Cleanup();
  private final CompletableFuture<Integer> finished = new CompletableFuture<>();
  private volatile boolean kept;
  private volatile boolean signalled;

  Demo(Screen screen, PrintStream err, String launcher) {
    this.screen = screen;
    this.err = err;
    this.launcher = launcher;
  }

  /** Runs the demo, and exits with 0 if all went as it should, otherwise with 1. */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(USAGE);
      return;
    }
    Optional<String> unknown = arguments.stream().filter(a -> !a.equals("--keep")).findFirst();
    String launcher = System.getProperty(LAUNCHER, "");
    if (unknown.isPresent() || launcher.isEmpty()) {
      System.err.println(
          unknown
              .map(argument -> "unrecognised option '" + argument + "'")
              .orElse("the demo is started by ./localproxy demo"));
      System.err.println("Try 'localproxy demo --help' for a list of options.");
      System.exit(1);
    }
    Screen screen = new Screen(System.out, canErase(), System.getenv("NO_COLOR") == null);
    Demo demo = new Demo(screen, System.err, launcher);
    Runtime.getRuntime().addShutdownHook(new Thread(demo::signalled, "signal"));
    System.exit(demo.run(!arguments.isEmpty()));
  }

  private static boolean canErase() {
    return Boolean.getBoolean(TERMINAL) && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * Runs the demo.
   *
   * @param keep whether to leave everything up at the end, until one of the two ends
   * @return the exit code
   */
  int run(boolean keep) {
    int code = walk(keep);
    finished.complete(code);
    return code;
  }

  private int walk(boolean keep) {
    long began = System.nanoTime();
    try (cleanup) {
      Tour tour = Tour.begin(screen, cleanup, launcher, new SecureRandom().nextLong());
      Tour.Ends ends = tour.connect();
      tour.fetchPage(ends);
      tour.fetchFile(ends);
      if (keep) {
        keep(ends);
      }
      tour.finish(ends);
    } catch (DemoFailure failure) {
      return failed(failure.sentence());
    } catch (Exception | AssertionError unforeseen) {
      return failed("Something unforeseen happened: " + unforeseen);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    screen.success(
        String.format(Locale.ROOT, "The tunnel works. %.1f s in all.", took.toMillis() / 1000.0));
    return 0;
  }

  private int failed(String sentence) {
    // What a signal interrupts has not failed.
    if (kept || !signalled) {
      err.println();
      err.println("The demo failed. " + sentence);
    }
    return 1;
  }

  private void keep(Tour.Ends ends) {
    screen.heading("It stays up. Try it from another terminal:");
    screen.command("curl " + proxyOption() + ends.address() + "/");
    screen.command(
        "curl " + proxyOption() + "-o /dev/null " + ends.address() + WebApplication.FILE_PATH);
    screen.line("Ctrl-C ends it.");
    kept = true;
    CompletableFuture.anyOf(
            ends.both().stream().map(LocalProxyProcess::ended).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  /** Where curl would go through a web proxy to reach this machine. */
  private static String proxyOption() {
    boolean needed =
        List.of("http_proxy", "all_proxy", "ALL_PROXY").stream()
            .anyMatch(name -> System.getenv(name) != null);
    return needed ? "--noproxy localhost " : "";
  }

  /**
   * The JVM ends: by a signal, unless everything is closed already. A demo that was kept up is
   * meant to end so, and tells its end like any other; its exit code is its own, and not 128 plus
   * the signal's number as a JVM would have it.
   */
  private void signalled() {
    signalled = true;
    try {
      cleanup.close();
    } catch (DemoFailure failure) {
      err.println(failure.sentence());
    }
    if (kept) {
      Runtime.getRuntime().halt(finished.join());
    }
  }
}
