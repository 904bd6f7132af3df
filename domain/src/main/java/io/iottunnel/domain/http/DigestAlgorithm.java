package io.iottunnel.domain.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How Digest hashes (RFC 7616 section 6.1).
 *
 * @param written as the web proxy wrote it; empty where it wrote nothing, which means MD5
 * @param hash the name by which the JDK knows it
 * @param session whether the password's hash is bound to the nonces ({@code -sess})
 * @param strength more is better
 */
public record DigestAlgorithm(String written, String hash, boolean session, int strength) {

  private static final String SESSION = "-SESS";

  /** Empty for one that is not known. */
  public static Optional<DigestAlgorithm> of(Optional<String> parameter) {
    String written = parameter.orElse("");
    String name = written.toUpperCase(Locale.ROOT);
    boolean session = name.endsWith(SESSION);
    return switch (session ? name.substring(0, name.length() - SESSION.length()) : name) {
      case "", "MD5" -> Optional.of(new DigestAlgorithm(written, "MD5", session, 1));
      case "SHA-256" -> Optional.of(new DigestAlgorithm(written, "SHA-256", session, 2));
      case "SHA-512-256" -> Optional.of(new DigestAlgorithm(written, "SHA-512/256", session, 3));
      default -> Optional.empty();
    };
  }

  /**
   * H of the RFC: the hash of these parts, joined by colons, in hexadecimal.
   *
   * @param parts a char for each byte
   */
  public String hash(String... parts) {
    try {
      byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has the three
    }
  }
}
