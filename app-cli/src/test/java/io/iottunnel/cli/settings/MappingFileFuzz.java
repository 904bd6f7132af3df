package io.iottunnel.cli.settings;

import io.iottunnel.cli.fuzz.FuzzedFile;
import io.iottunnel.cli.fuzz.Promise;
import io.iottunnel.domain.ServiceMapping;
import java.util.ArrayList;
import java.util.List;

/** Any file of mappings is taken, or left out as a whole with one warning. */
public final class MappingFileFuzz {

  private static final FuzzedFile FILE = new FuzzedFile();

  private MappingFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FILE.with(input);
    List<String> warnings = new ArrayList<>();
    ServiceMapping mapping =
        MappingDirectory.read(FILE.directory(), ServiceMapping::ofApplications, warnings::add);
    Promise.keep(
        warnings.isEmpty() || (warnings.size() == 1 && mapping.endpoints().isEmpty()),
        mapping + " with " + warnings);
    warnings.forEach(FILE::isNamedIn);
  }
}
