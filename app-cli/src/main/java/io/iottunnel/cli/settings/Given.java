package io.iottunnel.cli.settings;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A value that the user gave.
 *
 * @param value as given
 * @param origin where, as errors name it: {@code --region/-r} or {@code AWSIOT_TUNNEL_REGION}
 */
public record Given(String value, String origin) {

  /** Whether others on this machine may have seen it in the list of processes. */
  boolean isFromCommandLine() {
    return origin.startsWith("-");
  }

  /** Says why this value, which must not be a secret, is not taken. */
  String refusal(String expected) {
    return "%s: %s, not '%s'".formatted(origin, expected, Printable.of(value, 200));
  }

  /** The refusal of this value, which must not be a secret. */
  ConfigurationException refused(String expected) {
    return new ConfigurationException(refusal(expected));
  }

  /**
   * The path that this value names.
   *
   * @param expected what has to be there, such as "a readable file with a private key"
   * @throws ConfigurationException if nothing readable is there
   */
  Path readable(String expected) {
    try {
      Path path = Path.of(value);
      if (Files.isReadable(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw refused("not a path: " + e.getReason());
    }
    throw refused(expected + " is expected");
  }

  /**
   * Makes a secret of the value; its refusal, which does not quote it, then names the origin.
   *
   * @throws ConfigurationException if {@code type} refuses it
   */
  <T> T secret(Function<String, T> type) {
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
