package io.iottunnel.cli.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about one hop. All text is fit for display and holds no secret.
 *
 * @param took how long the hop took, until it was done or had failed
 * @param finding what was found, in a sentence
 * @param notes what to know beside it, a sentence each
 * @param remedy what to do, where something is wrong
 */
public record HopReport(
    Hop hop,
    Verdict verdict,
    Duration took,
    String finding,
    List<String> notes,
    Optional<String> remedy,
    Detail detail) {

  public HopReport {
    notes = List.copyOf(notes);
  }

  /** A hop that is good but for what the notes say. */
  static HopReport good(Hop hop, Duration took, String finding, List<String> notes, Detail detail) {
    return new HopReport(
        hop,
        notes.isEmpty() ? Verdict.OK : Verdict.WARNING,
        took,
        finding,
        notes,
        Optional.empty(),
        detail);
  }

  /** The hop where it ends. */
  static HopReport failed(Hop hop, Duration took, String finding, String remedy, Detail detail) {
    return new HopReport(
        hop, Verdict.FAILED, took, finding, List.of(), Optional.of(remedy), detail);
  }

  /** A hop behind the one that failed. */
  static HopReport untried(Hop hop) {
    return new HopReport(
        hop,
        Verdict.UNTRIED,
        Duration.ZERO,
        "not tried: a hop before it failed",
        List.of(),
        Optional.empty(),
        Detail.NONE);
  }
}
