package io.iottunnel.cli.doctor;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about the way to the service.
 *
 * @param version of this local proxy
 * @param hops each that there is, in their order
 * @param exitCode with which the process ends
 */
public record Report(
    String version,
    HostAndPort service,
    Optional<WebProxy> webProxy,
    List<HopReport> hops,
    int exitCode) {

  public Report {
    hops = List.copyOf(hops);
  }

  /** The hop that failed, if one did. */
  Optional<HopReport> failed() {
    return hops.stream().filter(hop -> hop.verdict() == Verdict.FAILED).findFirst();
  }

  /** The worst verdict of those among {@code hops} that there are. */
  Verdict worstOf(Hop... some) {
    return hops.stream()
        .filter(report -> Arrays.asList(some).contains(report.hop()))
        .map(HopReport::verdict)
        .reduce(Verdict.OK, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }
}
