package io.iottunnel.testkit.demo;

import io.iottunnel.testkit.emulator.TunnelEnd;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The demo, step by step: sets a tunnel up with a process at each end, sends something through, and
 * says what happens. Every step throws {@link DemoFailure} when it does not go as it should.
 */
final class Tour {

  /** How long anything may take that takes a second on a machine with nothing else to do. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long MEGABYTE = 1_000_000;
  private static final long FILE_SIZE = 50 * MEGABYTE;

  private final Screen screen;
  private final Cleanup cleanup;
  private final String launcher;
  private final LargeFile file;
  private final Surroundings surroundings;

  private Tour(
      Screen screen, Cleanup cleanup, String launcher, LargeFile file, Surroundings surroundings) {
    this.screen = screen;
    this.cleanup = cleanup;
    this.launcher = launcher;
    this.file = file;
    this.surroundings = surroundings;
  }

  /** The tunnel, once it is up. */
  record Ends(LocalProxyProcess destination, LocalProxyProcess source, int port) {
    String address() {
      return "http://localhost:" + port;
    }

    List<LocalProxyProcess> both() {
      return List.of(destination, source);
    }
  }

  /**
   * Opens everything that is needed around the tunnel.
   *
   * @param launcher the command that starts a local proxy
   */
  static Tour begin(Screen screen, Cleanup cleanup, String launcher, long seed) throws Exception {
    LargeFile file = new LargeFile(seed, FILE_SIZE);
    Tour tour = new Tour(screen, cleanup, launcher, file, Surroundings.open(cleanup, file));
    tour.introduce();
    return tour;
  }

  private void introduce() throws IOException, DemoFailure {
    screen.heading("A tunnel through a web proxy, all of it on this machine");
    screen.line("");
    screen.line("   curl --> source ======> web proxy ====.");
    screen.line("                                          service");
    screen.line("   app <-- destination ==> web proxy ===='");

    screen.heading("What is only here for show");
    screen.part("application", "http://localhost:" + surroundings.application().port());
    screen.part(
        "service", "emulated on port " + surroundings.service().address().port() + ", known as");
    screen.part("", "wss://" + Surroundings.SERVICE_NAME);
    screen.part("web proxy", "on port " + surroundings.webProxy().port() + "; to those without a");
    String answer = surroundings.answerWithoutPassword();
    if (!Surroundings.isRefusal(answer)) {
      throw new DemoFailure(
          "The web proxy was expected to refuse who shows no password, and answered " + answer);
    }
    screen.part("", "password it says: " + answer);
  }

  /** Starts a destination, then a source. */
  Ends connect() throws Exception {
    int applicationPort = surroundings.application().port();
    LocalProxyProcess destination =
        start("destination", surroundings.tunnel().destination(), "-d", applicationPort);
    destination.await("connect", Hop.UPGRADED.logged(), 0, LIMIT);
    surroundings.tunnel().destination().awaitSession();

    LocalProxyProcess source = start("source", surroundings.tunnel().source(), "-s", 0);
    String listening = source.await("listen", Hop.LISTENING.logged(), 0, LIMIT).text();
    int port = Integer.parseInt(listening.substring(Hop.LISTENING.logged().length()));
    return new Ends(destination, source, port);
  }

  private LocalProxyProcess start(String name, TunnelEnd end, String option, int port)
      throws Exception {
    screen.heading("The " + name);
    screen.command("export HTTPS_PROXY=" + surroundings.webProxyUrl("***"));
    screen.command("./localproxy -r " + Surroundings.REGION + " " + option + " " + port + " -v 5");
    List<String> command =
        List.of(launcher, "-r", Surroundings.REGION, option, String.valueOf(port), "-v", "5");
    Instant now = Instant.now();
    LocalProxyProcess process =
        cleanup.open(
            () ->
                LocalProxyProcess.start(
                    name, command, surroundings.environment(end), line -> tell(now, line)));
    screen.event(Duration.ZERO, "started as process " + process.pid());
    return process;
  }

  private void tell(Instant since, LogLine line) {
    Hop.of(line).ifPresent(hop -> screen.event(Duration.between(since, line.at()), hop.meaning()));
  }

  /** Fetches a page, and tells when it was where. */
  void fetchPage(Ends ends) throws DemoFailure {
    screen.heading("A page through the tunnel: " + ends.address() + "/");
    long sourceMark = ends.source().log().mark();
    long destinationMark = ends.destination().log().mark();
    Instant began = Instant.now();
    Download page = fetch(ends, "/", (bytes, since) -> {});
    if (page.status() != 200) {
      throw new DemoFailure("The page came with the status " + page.status() + ", not with 200.");
    }

    LogLine accepted = ends.source().await("tell of its client", "WEB/", sourceMark, LIMIT);
    LogLine reached =
        ends.destination().await("reach the application", "Connected to", destinationMark, LIMIT);
    Stream.of(
            new Moment(accepted.at(), "the source opened a stream for its client"),
            new Moment(reached.at(), "the destination reached the application"),
            new Moment(
                surroundings.application().lastAsked().orElseThrow(), "the application was asked"),
            new Moment(began.plus(page.took()), "the page was back, " + page.size() + " bytes"))
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .forEach(moment -> screen.event(Duration.between(began, moment.at()), moment.what()));
  }

  private record Moment(Instant at, String what) {}

  /** Fetches the large file, and checks that every byte of it came. */
  void fetchFile(Ends ends) throws DemoFailure {
    screen.heading("A file of " + file.size() / MEGABYTE + " MB through the tunnel");
    String expected = file.sha256();
    Download fetched;
    try {
      fetched =
          fetch(
              ends,
              WebApplication.FILE_PATH,
              (bytes, since) -> screen.progress(bytes, file.size(), since));
    } finally {
      screen.progressOver();
    }
    screen.event(
        fetched.took(),
        String.format(Locale.ROOT, "%,d bytes, %.0f MB/s", fetched.size(), fetched.rate()));
    if (!fetched.sha256().equals(expected)) {
      throw new DemoFailure(
          "The file is not the one that was sent: "
              + (fetched.size() + " bytes with the SHA-256 " + fetched.sha256())
              + (" came of " + file.size() + " bytes with " + expected + "."));
    }
    screen.detail("SHA-256 as it was sent:");
    screen.detail(expected.substring(0, 32));
    screen.detail(expected.substring(32));
  }

  private static Download fetch(Ends ends, String path, Download.Progress progress)
      throws DemoFailure {
    try {
      return Download.of(new URL(ends.address() + path), progress);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new DemoFailure(
              ends.address() + path + " could not be fetched through the tunnel: " + e.getMessage(),
              e)
          .with(suspects(ends));
    }
  }

  private static List<LocalProxyProcess> suspects(Ends ends) {
    List<LocalProxyProcess> dead = new ArrayList<>(ends.both());
    dead.removeIf(LocalProxyProcess::isAlive);
    return dead.isEmpty() ? ends.both() : dead;
  }

  /** Ends both local proxies, and tells what the others saw of them. */
  void finish(Ends ends) throws DemoFailure {
    screen.heading("What the others saw");
    for (LocalProxyProcess process : List.of(ends.source(), ends.destination())) {
      int code = process.stop();
      if (code != 0) {
        throw new DemoFailure("The " + process.name() + " ended with " + code + ", not with 0.")
            .with(List.of(process));
      }
      screen.part(process.name(), "ended in order, with 0, when it was asked to");
    }
    long messages =
        surroundings.tunnel().source().messageCount()
            + surroundings.tunnel().destination().messageCount();
    try {
      surroundings.service().assertNoBreach();
    } catch (AssertionError breaches) {
      throw new DemoFailure("The emulated service objects: " + breaches.getMessage(), breaches);
    }
    screen.part("service", messages + " messages of two local proxies, none against the protocol");
    screen.part(
        "web proxy", surroundings.webProxy().authorizations().size() + " CONNECTs with a password");
  }
}
