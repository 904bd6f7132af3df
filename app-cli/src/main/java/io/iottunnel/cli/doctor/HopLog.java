package io.iottunnel.cli.doctor;

import io.iottunnel.cli.doctor.Detail.Addresses;
import io.iottunnel.cli.doctor.Detail.Attempt;
import io.iottunnel.cli.doctor.Detail.Attempts;
import io.iottunnel.cli.doctor.Detail.Choice;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TunnelSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a report of each hop from what dialer and transport tell, in the order in which they tell
 * it. What a hop that is done already has to repeat (a web proxy is connected to anew for another
 * scheme) belongs to the hop of the moment. Thread-safe.
 */
final class HopLog implements DialObserver {

  private final List<Hop> hops;
  private final HostAndPort first;
  private final Certificates certificates;
  private final Remedies remedies;
  private final Stopwatch watch;
  private final List<HopReport> reports = new ArrayList<>();
  private final List<String> tried = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * @param hops those that are to be reported, in their order
   * @param first who is connected to: the web proxy, or the service
   */
  HopLog(
      List<Hop> hops,
      HostAndPort first,
      Certificates certificates,
      Remedies remedies,
      Stopwatch watch) {
    this.hops = List.copyOf(hops);
    this.first = first;
    this.certificates = certificates;
    this.remedies = remedies;
    this.watch = watch;
  }

  /** The reports so far. */
  synchronized List<HopReport> reports() {
    return List.copyOf(reports);
  }

  /** Which web proxy is used, and why. */
  synchronized void environment(WebProxySelection selection, List<String> warnings) {
    add(
        HopReport.good(
            Hop.ENVIRONMENT,
            Duration.ZERO,
            selection.reason(),
            warnings,
            new Choice(selection.origin(), selection.exemption())));
  }

  private void add(HopReport report) {
    reports.add(report);
  }

  /** The dialer has begun: what loading it took is no hop's. */
  synchronized void underway() {
    if (isAt(Hop.DNS)) {
      watch.lap();
    }
  }

  @Override
  public synchronized void resolved(String ip) {
    if (isAt(Hop.DNS)) {
      String what = first.isIpLiteral() ? " is an address already" : " is " + ip;
      add(
          HopReport.good(
              Hop.DNS, watch.lap(), first.host() + what, List.of(), new Addresses(List.of(ip))));
    }
    if (isAt(Hop.TCP)) {
      tried.add(ip);
    }
  }

  @Override
  public synchronized void connected() {
    if (isAt(Hop.TCP)) {
      List<String> dead = tried.subList(0, tried.size() - 1);
      List<String> notes =
          dead.isEmpty()
              ? List.of()
              : List.of("No connection to " + String.join(", ", dead) + ", tried before.");
      HostAndPort up = new HostAndPort(tried.get(tried.size() - 1), first.port());
      add(HopReport.good(Hop.TCP, watch.lap(), "connected to " + up, notes, new Addresses(tried)));
    }
  }

  @Override
  public synchronized void webProxySecured(TlsPeer peer) {
    if (isAt(Hop.WEB_PROXY_TLS)) {
      add(certificates.ofWebProxy(peer, watch.lap()));
    }
  }

  @Override
  public synchronized void connectAnswered(ConnectAnswer answer) {
    attempts.add(Attempt.of(answer));
  }

  /** The way is open. */
  synchronized void dialed() {
    if (isAt(Hop.CONNECT)) {
      String how =
          attempts.stream()
              .reduce((one, later) -> later)
              .flatMap(Attempt::authenticatedBy)
              .map(scheme -> "the tunnel is open, authenticated by " + scheme.text())
              .orElse("the tunnel is open");
      add(HopReport.good(Hop.CONNECT, watch.lap(), how, List.of(), new Attempts(attempts)));
    }
  }

  /** TLS to the service is up. */
  synchronized void secured(HostAndPort service, TlsPeer peer) {
    add(certificates.ofService(service, peer, watch.lap()));
  }

  /** The WebSocket is up. */
  synchronized void upgraded(TunnelSession session) {
    add(
        HopReport.good(
            Hop.UPGRADE,
            watch.lap(),
            "the WebSocket is up; the access token is spent, unless it came with a client token",
            List.of(),
            new Detail.Session(session.channelId(), session.subprotocol())));
  }

  /** The hop of the moment has failed, and those behind it are not tried. */
  synchronized void failed(LocalProxyException failure) {
    current().ifPresent(hop -> add(failure(hop, failure)));
    while (current().isPresent()) {
      add(HopReport.untried(current().get()));
    }
  }

  private HopReport failure(Hop hop, LocalProxyException failure) {
    return HopReport.failed(
        hop,
        watch.lap(),
        failure.getMessage(),
        remedies.of(hop, failure, attempts),
        switch (hop) {
          case TCP -> new Addresses(tried);
          case CONNECT -> new Attempts(attempts);
          default -> Detail.NONE;
        });
  }

  private boolean isAt(Hop hop) {
    return current().filter(hop::equals).isPresent();
  }

  private Optional<Hop> current() {
    return reports.size() < hops.size() ? Optional.of(hops.get(reports.size())) : Optional.empty();
  }
}
