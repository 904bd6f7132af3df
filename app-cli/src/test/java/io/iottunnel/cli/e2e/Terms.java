package io.iottunnel.cli.e2e;

import java.util.OptionalInt;

/**
 * What a process may use, and what it is told to do with it.
 *
 * @param settings the contents of {@code tunneling.proxy} in its file of settings
 * @param javaOptions further options of the JVM
 * @param descriptors how many files and sockets it may have open, where that is not the system's
 *     usual number
 */
record Terms(String settings, String javaOptions, OptionalInt descriptors) {

  /** Those that a user has who says nothing. */
  static final Terms USUAL = new Terms("{}", "", OptionalInt.empty());

  /** The same with other settings. */
  Terms settings(String json) {
    return new Terms(json, javaOptions, descriptors);
  }

  /** The same with a heap that unbounded buffers would burst. */
  Terms smallHeap() {
    return new Terms(settings, "-Xmx32m", descriptors);
  }

  /** The same with fewer descriptors. */
  Terms descriptors(int most) {
    return new Terms(settings, javaOptions, OptionalInt.of(most));
  }
}
