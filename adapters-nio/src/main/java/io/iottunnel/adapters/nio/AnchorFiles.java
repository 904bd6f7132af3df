package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Trusted certificates in a file or a directory, read once, when they are first needed. */
final class AnchorFiles {

  /** How the certificates are read. */
  @FunctionalInterface
  private interface Reading {
    Collection<EncodedCertificate> read() throws IOException, CertificateParsingException;
  }

  private final String name;
  private final Reading reading;
  private @Nullable Anchors anchors;

  private AnchorFiles(String name, Reading reading) {
    this.name = name;
    this.reading = reading;
  }

  static AnchorFiles file(Path file) {
    return new AnchorFiles(file.toString(), () -> CertificateFiles.inFile(file));
  }

  static AnchorFiles directory(Path directory) {
    return new AnchorFiles(directory.toString(), () -> CertificateFiles.inDirectory(directory));
  }

  /** Certificates that have been found at {@code path} already. */
  static AnchorFiles of(Path path, Collection<EncodedCertificate> found) {
    return new AnchorFiles(path.toString(), () -> found);
  }

  /** Those that a chain names. */
  TrustSource byName() {
    return chain -> anchors().namedBy(chain);
  }

  /** All of them: for a name that is encoded in two ways. */
  TrustSource all() {
    return chain -> anchors().all();
  }

  private synchronized Anchors anchors() throws GeneralSecurityException {
    Anchors read = anchors;
    if (read == null) {
      try {
        read = new Anchors(reading.read());
      } catch (IOException | CertificateParsingException e) {
        throw new GeneralSecurityException(name + ": " + Reason.of(e), e);
      }
      anchors = read;
    }
    return read;
  }
}
