package io.iottunnel.cli.given;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value that the user gave.
 *
 * @param value as given
 * @param origin where, as errors name it: {@code --region/-r}, {@code AWSIOT_TUNNEL_REGION} or
 *     {@code /etc/tunnel.conf:3: region}
 * @param file the file that it was found in, if it was
 */
public record Given(String value, String origin, Optional<Path> file) {

  private static final int LONGEST_SHOWN = 200;

  /** A value from the command line or the environment. */
  public Given(String value, String origin) {
    this(value, origin, Optional.empty());
  }

  /** Whether others on this machine may have seen it in the list of processes. */
  public boolean isFromCommandLine() {
    return file.isEmpty() && origin.startsWith("-");
  }

  /** Says why this value, which must not be a secret, is not taken. */
  public String refusal(String expected) {
    return "%s: %s, not '%s'".formatted(origin, expected, Printable.of(value, LONGEST_SHOWN));
  }

  /** The refusal of this value, which must not be a secret. */
  public ConfigurationException refused(String expected) {
    return new ConfigurationException(refusal(expected));
  }

  /**
   * The path that this value is.
   *
   * @throws ConfigurationException if it cannot be one
   */
  public Path path() {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw refused("a path is expected (" + e.getReason() + ")");
    }
  }

  /**
   * The path that this value names.
   *
   * @param expected what has to be there, such as "a readable file with a private key"
   * @throws ConfigurationException if nothing readable is there
   */
  public Path readable(String expected) {
    Path path = path();
    if (Files.isReadable(path)) {
      return path;
    }
    throw refused(expected + " is expected");
  }

  /**
   * Makes a secret of the value; its refusal, which does not quote it, then names the origin.
   *
   * @throws ConfigurationException if {@code type} refuses it
   */
  public <T> T secret(Function<String, T> type) {
    try {
      return type.apply(value);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(origin + ": " + e.getMessage(), e);
    }
  }

  /** The origin alone: the value may be a secret. */
  @Override
  public String toString() {
    return "Given[" + origin + "]";
  }
}
