package io.iottunnel.testkit.fuzz;

import io.iottunnel.testkit.secrets.Printed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Coverage-guided fuzzing: Jazzer calls a target with inputs that it makes up, tells by the
 * branches that are taken which of them lead somewhere new, and goes on from those. In a process of
 * its own, since it instruments classes as they are loaded.
 *
 * <p>A target is a class with a method {@code public static void fuzzerTestOneInput(byte[])}, which
 * throws where a promise is broken. It begins with the corpus, {@code /fuzz/NAME.hex} on the class
 * path, an input a line. What is found meanwhile lies in {@code target/fuzz/NAME}, for the next
 * run.
 */
public final class Fuzzer {

  /** How many seconds each target is fuzzed for. */
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 3);

  private static final int LAST_LINES = 60;
  private static final HexFormat HEX = HexFormat.of();

  private final Class<?> target;
  private final Path directory;

  private Fuzzer(Class<?> target) {
    this.target = target;
    this.directory = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
  }

  /** Fuzzes {@code target}; what it throws fails the test, with the input that led there. */
  public static void fuzz(Class<?> target) throws IOException, InterruptedException {
    new Fuzzer(target).run();
  }

  private void run() throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    Path saved = writeSaved();
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command(corpus, saved))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new AssertionError(finding(exit, log));
    }
  }

  private List<String> command(Path corpus, Path saved) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:+EnableDynamicAgentLoading",
        "-XX:TieredStopAtLevel=1", // or starting takes twice as long
        "-da:org.eclipse...", // which Jazzer turns on, and users do not
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.getName(),
        "--instrumentation_includes=io.iottunnel.**",
        "--custom_hook_includes=io.iottunnel.**",
        "--reproducer_path=" + directory,
        "-artifact_prefix=" + directory + "/",
        "-max_total_time=" + SECONDS,
        "-max_len=4096",
        "-timeout=60", // on a busy machine ten seconds are no sign of a loop
        "-rss_limit_mb=0",
        corpus.toString(),
        saved.toString());
  }

  /** The corpus that is kept with the sources, as files. */
  private Path writeSaved() throws IOException {
    Path saved = Files.createDirectories(directory.resolve("saved"));
    int number = 0;
    for (byte[] input : saved(target)) {
      Files.write(saved.resolve(String.valueOf(number++)), input);
    }
    return saved;
  }

  private static List<byte[]> saved(Class<?> target) throws IOException {
    String name = "/fuzz/" + target.getSimpleName() + ".hex";
    try (var text = target.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("there is no corpus " + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(HEX::parseHex)
          .toList();
    }
  }

  private String finding(int exit, Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    String end =
        lines.stream()
            .skip(Math.max(0, lines.size() - LAST_LINES))
            .collect(Collectors.joining("\n"));
    Printed.add("the log of a fuzzer", end);
    return "%s ended with %d; inputs that led there, for src/test/resources/fuzz/%s.hex:%n%s%n%s"
        .formatted(target.getName(), exit, target.getSimpleName(), inputs(), end);
  }

  private String inputs() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*"))
          .map(Fuzzer::hex)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String hex(Path input) {
    try {
      return HEX.formatHex(Files.readAllBytes(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
