package io.iottunnel.cli.fuzz;

import io.iottunnel.cli.given.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file, alone in a directory, whose content a fuzzer makes up. */
public final class FuzzedFile {

  private final Path file;

  /** Makes it, for the life of the process. */
  public FuzzedFile() {
    try {
      file = Files.createTempDirectory("fuzz").resolve("file");
      file.toFile().deleteOnExit();
      file.getParent().toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills it. */
  public Given with(byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Given(file.toString(), "--file");
  }

  public Path directory() {
    return file.getParent();
  }

  /** A message begins with the file, and the line where there is one. */
  public void isNamedIn(String message) {
    Promise.keep(message.contains(file.toString()), message);
    Promise.isFitToBeRead(message);
  }
}
