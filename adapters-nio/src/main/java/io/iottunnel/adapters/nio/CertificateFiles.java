package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds certificates in files: PEM (RFC 7468), as many as there are, or one in DER. */
final class CertificateFiles {

  /** What a directory is searched for. The last are the names that {@code openssl rehash} gives. */
  private static final Pattern NAMES =
      Pattern.compile("(?i).*\\.(pem|crt|cer)|[0-9a-f]{8}\\.[0-9]+");

  private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int DER_SEQUENCE = 0x30;

  private CertificateFiles() {}

  /**
   * The certificates in {@code file}.
   *
   * @throws CertificateParsingException if one of them is damaged
   */
  static List<EncodedCertificate> inFile(Path file)
      throws IOException, CertificateParsingException {
    byte[] content = Files.readAllBytes(file);
    if (content.length > 0 && content[0] == DER_SEQUENCE) {
      return List.of(EncodedCertificate.of(content));
    }
    return inPem(new String(content, StandardCharsets.ISO_8859_1));
  }

  // No regular expressions here: they would be half of the time that a system's bundle takes.
  private static List<EncodedCertificate> inPem(String text) throws CertificateParsingException {
    List<EncodedCertificate> found = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      int end = text.indexOf(END, at);
      if (labelEnd < 0 || end < labelEnd) {
        throw damaged(found.size(), "it has no end", null);
      }
      if (LABELS.contains(text.substring(at + BEGIN.length(), labelEnd))) {
        found.add(decoded(text.substring(labelEnd + DASHES.length(), end), found.size()));
      }
      at = text.indexOf(BEGIN, end);
    }
    return found;
  }

  private static EncodedCertificate decoded(String base64, int before)
      throws CertificateParsingException {
    try {
      String letters = base64.replace("\n", "").replace("\r", "").trim();
      return EncodedCertificate.of(Base64.getDecoder().decode(letters));
    } catch (CertificateParsingException | IllegalArgumentException e) {
      throw damaged(before, Reason.of(e), e);
    }
  }

  private static CertificateParsingException damaged(
      int before, String reason, @Nullable Exception cause) {
    return new CertificateParsingException(
        "certificate " + (before + 1) + " in it is damaged (" + reason + ")", cause);
  }

  /**
   * The certificates in those files of {@code directory} that are named like certificates and can
   * be read as such; others may be there for other programs.
   */
  static Set<EncodedCertificate> inDirectory(Path directory) throws IOException {
    Set<EncodedCertificate> found = new LinkedHashSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            directory, file -> NAMES.matcher(file.getFileName().toString()).matches())) {
      for (Path file : files) {
        try {
          found.addAll(inFile(file));
        } catch (IOException | CertificateParsingException e) {
          // For another program, as said above.
        }
      }
    }
    return found;
  }
}
