package io.iottunnel.cli.given;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small text file in UTF-8 that the user named or put somewhere for us.
 *
 * @param text all of it, without a byte order mark
 */
public record TextFile(Path path, String text) {

  /** Nobody writes more settings than this; whoever names a larger file has named a wrong one. */
  private static final int LARGEST = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Reads the file that an option names.
   *
   * @throws ConfigurationException naming the option, the file and the reason, if it cannot be read
   */
  public static TextFile read(Given named) {
    Path path = named.path();
    try {
      return read(path);
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: cannot read '%s': %s"
              .formatted(named.origin(), Printable.of(named.value(), 200), reason(e)),
          e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is no text in UTF-8, or is larger than 1 MiB; {@link
   *     #reason} puts it into words
   */
  public static TextFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("it is larger than 1 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new TextFile(
          path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
    }
  }

  /** Why a file could not be read or written, in words that stand behind "cannot read X: ". */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemLoopException) {
      return "it is a link to a directory that it is in";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return Printable.of(String.valueOf(failure.getMessage()), 200);
  }

  /** Its lines; the first is at index 0 and is number 1. */
  public List<String> lines() {
    return text.lines().toList();
  }

  /** Where the line at {@code index} is, as errors name it: {@code /etc/tunnel.conf:3}. */
  public String at(int index) {
    return Printable.of(path.toString(), 200) + ":" + (index + 1);
  }
}
