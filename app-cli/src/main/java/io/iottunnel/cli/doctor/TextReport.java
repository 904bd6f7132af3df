package io.iottunnel.cli.doctor;

import io.iottunnel.cli.doctor.Detail.Attempt;
import io.iottunnel.domain.webproxy.Authentication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report for people, line by line; plain ASCII unless a name in it is not. */
final class TextReport {

  private static final String INDENT = " ".repeat(36);

  private final Emphasis emphasis;

  TextReport(Emphasis emphasis) {
    this.emphasis = emphasis;
  }

  /** One or more lines for each hop, and one for all together. */
  List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    for (HopReport hop : report.hops()) {
      lines.add(headline(hop));
      attempts(hop).forEach(text -> lines.add(INDENT + text));
      hop.notes().forEach(note -> lines.add(INDENT + "note: " + oneLine(note)));
      hop.remedy().ifPresent(remedy -> lines.add(INDENT + "remedy: " + remedy));
    }
    lines.add(sum(report));
    return lines;
  }

  private String headline(HopReport hop) {
    boolean timed = hop.verdict() != Verdict.UNTRIED && hop.hop() != Hop.ENVIRONMENT;
    return String.format(
        Locale.ROOT,
        "%s %-15s %10s  %s",
        emphasis.of(hop.verdict(), String.format(Locale.ROOT, "%-7s", hop.verdict().text())),
        hop.hop().title(),
        timed ? millis(hop.took()) : "",
        hop.finding());
  }

  static String millis(Duration took) {
    return String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
  }

  /** A warning may be a box of several lines; its first ones say what it is about. */
  private static String oneLine(String note) {
    return note.replaceAll("\\s*\\*+\\s*", " ").replaceAll("\\s+", " ").strip();
  }

  private static List<String> attempts(HopReport hop) {
    return hop.detail() instanceof Detail.Attempts tried
        ? tried.attempts().stream().map(TextReport::attempt).toList()
        : List.of();
  }

  private static String attempt(Attempt attempt) {
    return "asked %s: %s%s%s"
        .formatted(
            how(attempt.authenticatedBy()),
            attempt.status(),
            attempt.reason().isEmpty() ? "" : " " + attempt.reason(),
            attempt.offered().isEmpty()
                ? ""
                : "; it offers " + String.join(", ", attempt.offered()));
  }

  private static String how(Optional<Authentication> by) {
    return by.map(scheme -> "by " + scheme.text()).orElse("without credentials");
  }

  private static String sum(Report report) {
    return report
        .failed()
        .map(
            hop ->
                "The way to %s ends at: %s. Exit code %d."
                    .formatted(report.service(), hop.hop().title(), report.exitCode()))
        .orElse("The way to %s is open.".formatted(report.service()));
  }
}
