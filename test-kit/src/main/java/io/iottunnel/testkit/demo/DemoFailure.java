package io.iottunnel.testkit.demo;

import java.util.List;

/** The demo did not go as it should, and why. */
final class DemoFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String sentence;

  DemoFailure(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  DemoFailure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  /** The same, with what the processes concerned said last. */
  DemoFailure with(List<LocalProxyProcess> processes) {
    StringBuilder text = new StringBuilder(sentence);
    for (LocalProxyProcess process : processes) {
      text.append("\n\nThe last lines of the ").append(process.name()).append(":");
      process.lastLines().forEach(line -> text.append("\n  ").append(line));
    }
    return new DemoFailure(text.toString(), this);
  }

  /** What to tell the user. */
  String sentence() {
    return sentence;
  }
}
