package io.iottunnel.cli.given;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.function.Consumer;

/** A file of one line, which is a secret; or, named {@code -}, one line of standard input. */
public final class SecretFile {

  private static final String STANDARD_INPUT = "-";

  private static final int LONGEST_LINE = 64 * 1024;

  private SecretFile() {}

  /**
   * Reads the secret that an option names a file of. Of standard input one line is read and no byte
   * more, so that two secrets can come one below the other.
   *
   * @param in standard input
   * @param warnings is told if others can read the file
   * @return the secret; its origin is the option and, where it is a file, its name
   * @throws ConfigurationException naming the option and the reason, if there is no secret
   */
  public static Given read(Given named, InputStream in, Consumer<String> warnings) {
    if (isStandardInput(named)) {
      return new Given(notEmpty(line(named, in), named.origin()), named.origin());
    }
    TextFile file = TextFile.read(named);
    warning(file.path()).ifPresent(warnings);
    String text = file.text().stripTrailing();
    if (text.lines().count() > 1) {
      throw new ConfigurationException(
          "%s: '%s' has more than one line, and a secret has one"
              .formatted(named.origin(), shown(file.path())));
    }
    return new Given(
        notEmpty(text, named.origin()),
        named.origin() + " '" + shown(file.path()) + "'",
        Optional.of(file.path()));
  }

  /** Whether not a file is named but standard input. */
  public static boolean isStandardInput(Given named) {
    return named.value().equals(STANDARD_INPUT);
  }

  /** What the user should know about a file that holds a secret, if others can read it. */
  public static Optional<String> warning(Path file) {
    return readableByOthers(file)
        ? Optional.of(
            "'%s' holds a secret and can be read by others on this machine; chmod 600 keeps them out"
                .formatted(shown(file)))
        : Optional.empty();
  }

  private static boolean readableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException | IOException e) {
      return false; // not a POSIX file system, or gone: then there is nothing to warn of
    }
  }

  private static String line(Given named, InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        line.write(b);
        if (line.size() > LONGEST_LINE) {
          throw new IOException("the line is longer than 64 KiB");
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: cannot read standard input: %s".formatted(named.origin(), TextFile.reason(e)), e);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static String notEmpty(String secret, String origin) {
    if (secret.isEmpty()) {
      throw new ConfigurationException(origin + ": there is nothing in it");
    }
    return secret;
  }

  private static String shown(Path file) {
    return Printable.of(file.toString(), 200);
  }
}
