package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The software bill of materials, beside the jars that a device installs. */
class SbomIT {

  private static final Pattern PACKAGE_URL =
      Pattern.compile("\"purl\"\\s*:\\s*\"pkg:maven/[^/\"]+/([^@\"]+)@([^?\"]+)");

  /** They come with Guava, nothing reads them at run time, and they are not installed. */
  private static final Pattern ANNOTATIONS =
      Pattern.compile(
          "(checker-qual|error_prone_annotations|j2objc-annotations|jsr305|listenablefuture)-.*");

  @Test
  void theBillListsTheJarsOfADeviceAndNothingElse() throws IOException {
    Path launcher = LocalProxyProcess.launcher();
    Path installed = launcher.resolveSibling("app-cli/target/localproxy");
    Set<String> listed =
        PACKAGE_URL
            .matcher(Files.readString(installed.resolve("sbom.cdx.json")))
            .results()
            .map(found -> found.group(1) + "-" + found.group(2) + ".jar")
            .filter(jar -> !ANNOTATIONS.matcher(jar).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(listed.isEmpty());
    try (Stream<Path> jars = Files.list(installed.resolve("lib"))) {
      assertEquals(
          jars.map(jar -> jar.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)),
          listed);
    }
  }
}
