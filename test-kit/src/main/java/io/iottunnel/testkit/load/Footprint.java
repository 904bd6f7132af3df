package io.iottunnel.testkit.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds: heap after a collection, threads but those of the rig, of its runner and
 * of processes, and descriptors that are no files.
 *
 * @param heap in bytes
 * @param threads their names, without numbers, and how many there are of each
 * @param descriptors sockets, pipes and the like
 */
record Footprint(long heap, TreeMap<String, Long> threads, long descriptors) {

  /** How the rig's own threads are called. */
  static final String RIG = "soak";

  /** How those of JUnit are called, and the JDK's for processes: they come and go. */
  private static final List<String> FOREIGN = List.of("ForkJoinPool-", "process reaper");

  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final int COLLECTIONS = 3;

  /** What is held now. */
  static Footprint now() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc(); // the first one finds what to clean, the last one what was held by that
    }
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    return new Footprint(heap, runningThreads(), openDescriptors());
  }

  /** Whether threads and descriptors are the same. */
  boolean holdsAsMuchAs(Footprint other) {
    return threads.equals(other.threads) && descriptors == other.descriptors;
  }

  private static TreeMap<String, Long> runningThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith(RIG) && FOREIGN.stream().noneMatch(name::startsWith))
        .map(name -> name.replaceAll("[0-9]+", "N"))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static long openDescriptors() {
    if (!Files.isDirectory(OPEN)) {
      return 0; // not Linux: what is not known does not change
    }
    try (Stream<Path> all = Files.list(OPEN)) {
      List<Path> open = all.toList();
      return open.stream().filter(Footprint::isNoFile).count();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + OPEN, e);
    }
  }

  private static boolean isNoFile(Path descriptor) {
    try {
      return !Files.readSymbolicLink(descriptor).isAbsolute();
    } catch (IOException closed) {
      return false; // it was the one that lists
    }
  }

  @Override
  public String toString() {
    return "heap %.1f MB, descriptors %d, threads %s".formatted(heap / 1e6, descriptors, threads);
  }
}
