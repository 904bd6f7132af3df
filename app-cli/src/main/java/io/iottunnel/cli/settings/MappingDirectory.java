package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.TextFile;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.ServiceMapping;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A directory of files with lines of {@code SERVICE=ENDPOINT}, kept for many tunnels. Blank lines
 * and lines that begin with {@code #} or {@code ;} say nothing. Hidden files are passed over; a
 * file that does not parse is left out as a whole, with a warning.
 */
final class MappingDirectory {

  /** Whoever names a directory with more in it has named a wrong one, such as a home. */
  private static final int MOST_ENTRIES = 1_000;

  private final BiFunction<String, String, ServiceMapping> parser;
  private final Consumer<String> warnings;
  private final SortedMap<ServiceId, Endpoint> endpoints = new TreeMap<>();
  private final Map<ServiceId, String> places = new HashMap<>();

  private MappingDirectory(
      BiFunction<String, String, ServiceMapping> parser, Consumer<String> warnings) {
    this.parser = parser;
    this.warnings = warnings;
  }

  /**
   * Reads all files of a directory and of those below it, in the order of their names; of two lines
   * for one service the first counts.
   *
   * @param parser reads a line's mapping, given the line and where it is for the error
   * @param warnings is told what was left out
   */
  static ServiceMapping read(
      Path directory,
      BiFunction<String, String, ServiceMapping> parser,
      Consumer<String> warnings) {
    MappingDirectory reader = new MappingDirectory(parser, warnings);
    reader.files(directory).forEach(reader::read);
    return new ServiceMapping(reader.endpoints);
  }

  private List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Collector(directory, files));
    } catch (IOException e) {
      throw new IllegalStateException("a visitor that throws nothing threw", e);
    }
    Collections.sort(files);
    return files;
  }

  private void read(Path path) {
    try {
      TextFile file = TextFile.read(path);
      Map<ServiceId, Line> lines = lines(file);
      lines.forEach(this::take);
    } catch (IOException e) {
      warnings.accept("%s: ignored: %s".formatted(shown(path), TextFile.reason(e)));
    } catch (ConfigurationException e) {
      warnings.accept(e.getMessage() + " The file is ignored.");
    }
  }

  /** What one line says, and where it is. */
  private record Line(Endpoint endpoint, String place) {}

  private SortedMap<ServiceId, Line> lines(TextFile file) {
    SortedMap<ServiceId, Line> lines = new TreeMap<>();
    List<String> texts = file.lines();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        continue;
      }
      String place = file.at(i);
      mappingOf(text, place)
          .endpoints()
          .forEach(
              (service, endpoint) -> {
                if (lines.put(service, new Line(endpoint, place)) != null) {
                  throw new ConfigurationException(
                      "%s: service %s is given twice in this file.".formatted(place, service));
                }
              });
    }
    return lines;
  }

  private ServiceMapping mappingOf(String text, String place) {
    if (text.indexOf(',') >= 0 || text.indexOf('=') < 0) {
      throw new ConfigurationException(place + ": SERVICE=ENDPOINT is expected.");
    }
    ServiceMapping mapping = parser.apply(text, place);
    if (mapping.endpoints().containsKey(ServiceId.UNNAMED)) {
      throw new ConfigurationException(place + ": SERVICE=ENDPOINT is expected.");
    }
    return mapping;
  }

  private void take(ServiceId service, Line line) {
    String before = places.putIfAbsent(service, line.place());
    if (before == null) {
      endpoints.put(service, line.endpoint());
    } else {
      warnings.accept(
          "%s: ignored: service %s is given in %s already"
              .formatted(line.place(), service, before));
    }
  }

  private static String shown(Path path) {
    return Printable.of(path.toString(), 200);
  }

  /** Collects regular files, whatever cannot be visited left out with a warning. */
  private final class Collector extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Path> files;
    private int entries;

    Collector(Path top, List<Path> files) {
      this.top = top;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(top) && isHidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : counted();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !isHidden(file)) {
        files.add(file);
      }
      return counted();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      warnings.accept("%s: ignored: %s".formatted(shown(file), TextFile.reason(failure)));
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult counted() {
      if (++entries <= MOST_ENTRIES) {
        return FileVisitResult.CONTINUE;
      }
      warnings.accept(
          "%s: ignored: there are more than %d files and directories in it"
              .formatted(shown(top), MOST_ENTRIES));
      files.clear();
      return FileVisitResult.TERMINATE;
    }

    private boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
