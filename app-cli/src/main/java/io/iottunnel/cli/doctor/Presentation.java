package io.iottunnel.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forms in which a report is shown. */
public enum Presentation {
  /** One JSON object. */
  JSON,
  /** Lines, for a file or another program. */
  PLAIN,
  /** A picture, and lines. */
  PICTURE,
  /** The same in colours. */
  COLOURED_PICTURE;

  /**
   * The form that fits where the report goes.
   *
   * @param terminal whether that is a terminal
   * @param environment of which {@code NO_COLOR} (no-color.org) and {@code TERM} count
   */
  public static Presentation fitFor(boolean terminal, Map<String, String> environment) {
    if (!terminal || "dumb".equals(environment.get("TERM"))) {
      return PLAIN;
    }
    return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURED_PICTURE : PICTURE;
  }

  /** The lines of {@code report} in this form. */
  public List<String> lines(Report report) {
    return switch (this) {
      case JSON -> List.of(JsonReport.of(report));
      case PLAIN -> new TextReport(Emphasis.NONE).lines(report);
      case PICTURE -> pictured(report, Emphasis.NONE);
      case COLOURED_PICTURE -> pictured(report, Emphasis.COLOURS);
    };
  }

  private static List<String> pictured(Report report, Emphasis emphasis) {
    List<String> lines = new ArrayList<>(new Picture(emphasis).lines(report));
    lines.addAll(new TextReport(emphasis).lines(report));
    return lines;
  }
}
