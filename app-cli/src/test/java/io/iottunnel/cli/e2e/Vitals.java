package io.iottunnel.cli.e2e;

import io.iottunnel.cli.LocalProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds, as Linux counts it.
 *
 * @param descriptors its open files and sockets
 * @param threads its threads, but for those in which the JVM compiles, which come and go
 */
record Vitals(long descriptors, long threads) {

  static Vitals of(LocalProxyProcess run) throws IOException {
    Path process = Path.of("/proc", Long.toString(run.pid()));
    return new Vitals(
        entries(process.resolve("fd")).size(),
        entries(process.resolve("task")).stream().filter(Vitals::isOurs).count());
  }

  private static boolean isOurs(Path thread) {
    try {
      return !Files.readString(thread.resolve("comm")).contains("CompilerThre");
    } catch (NoSuchFileException ended) {
      return false;
    } catch (IOException ended) {
      return !ended.getMessage().contains("No such process");
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  /** Whether nothing was added to {@code before}. */
  boolean isNoMoreThan(Vitals before) {
    return descriptors <= before.descriptors && threads <= before.threads;
  }
}
