package io.iottunnel.cli.doctor;

import io.iottunnel.domain.webproxy.WebProxy;
import java.util.List;

/** The way as one line: who is on it, and how the stretches between them are. */
final class Picture {

  private final Emphasis emphasis;

  Picture(Emphasis emphasis) {
    this.emphasis = emphasis;
  }

  /** The picture, with an empty line above and below. */
  List<String> lines(Report report) {
    String service = "[" + report.service() + "]";
    String way =
        report
            .webProxy()
            .map(proxy -> through(report, proxy) + service)
            .orElseGet(() -> arrow(report.worstOf(Hop.values())) + service);
    return List.of("", "  [this device]" + way, "");
  }

  private String through(Report report, WebProxy proxy) {
    return arrow(report.worstOf(Hop.DNS, Hop.TCP, Hop.WEB_PROXY_TLS, Hop.CONNECT))
        + "[web proxy "
        + proxy.scheme().text()
        + "://"
        + proxy.address()
        + "]"
        + arrow(report.worstOf(Hop.SERVICE_TLS, Hop.UPGRADE));
  }

  private String arrow(Verdict verdict) {
    String shape =
        switch (verdict) {
          case OK -> " =====> ";
          case WARNING -> " ==!==> ";
          case FAILED -> " ==X==> ";
          case UNTRIED -> " - - -> ";
        };
    return emphasis.of(verdict, shape);
  }
}
