package io.iottunnel.adapters.nio;

import io.iottunnel.domain.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom TLS trusts: the authorities of the platform, and those that the user adds. Immutable.
 *
 * <p>The platform's are those of the JDK and of the system: on Linux the system's bundle, on
 * Windows and macOS the system's store. {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR} take the
 * place of the bundle, as they do for OpenSSL. None of them is opened before a certificate is
 * checked, and the JDK's, which is slow to open, only when the others do not suffice.
 *
 * <p>A certificate that is refused fails the handshake with a {@link
 * java.security.cert.CertificateException} that says whose it is, why it is refused and what to do.
 */
public final class Trust {

  private static final List<Path> LINUX_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  /** How JSSE calls the key exchange of TLS 1.3, which says nothing about the certificate. */
  private static final String OF_TLS_1_3 = "UNKNOWN";

  private final List<AnchorFiles> files;
  private final List<TrustSource> stores;

  private Trust(List<AnchorFiles> files, List<TrustSource> stores) {
    this.files = files;
    this.stores = stores;
  }

  /**
   * The authorities of the platform.
   *
   * @param environment the process's environment, of which {@code SSL_CERT_FILE} and {@code
   *     SSL_CERT_DIR} count
   */
  public static Trust ofPlatform(Map<String, String> environment) {
    return ofPlatform(environment, System.getProperty("os.name", ""), LINUX_BUNDLES);
  }

  /** Whoever {@code manager} trusts, for those who keep authorities of their own. */
  public static Trust of(X509ExtendedTrustManager manager) {
    return new Trust(List.of(), List.of(chain -> Optional.of(manager)));
  }

  static Trust ofPlatform(Map<String, String> environment, String system, List<Path> bundles) {
    List<AnchorFiles> files = new ArrayList<>();
    String file = environment.getOrDefault("SSL_CERT_FILE", "");
    if (file.isEmpty()) {
      bundles.stream()
          .filter(Files::isReadable)
          .findFirst()
          .map(AnchorFiles::file)
          .ifPresent(files::add);
    } else {
      files.add(AnchorFiles.file(Path.of(file)));
    }
    Stream.of(environment.getOrDefault("SSL_CERT_DIR", "").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> AnchorFiles.directory(Path.of(directory)))
        .forEach(files::add);

    List<TrustSource> stores = new ArrayList<>();
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      stores.add(TrustSource.system("Windows-ROOT"));
    } else if (name.startsWith("mac")) {
      stores.add(TrustSource.system("KeychainStore"));
    }
    stores.add(TrustSource.jdk());
    return new Trust(files, stores);
  }

  /**
   * These authorities and those in {@code path}: a file, PEM with any number of certificates or DER
   * with one, or a directory with such files, named {@code *.pem}, {@code *.crt}, {@code *.cer} or
   * as {@code openssl rehash} names them.
   *
   * @throws ConfigurationException if it cannot be read, or if there are no certificates in it
   */
  public Trust plus(Path path) {
    Collection<EncodedCertificate> found;
    try {
      found =
          Files.isDirectory(path)
              ? CertificateFiles.inDirectory(path)
              : CertificateFiles.inFile(path);
    } catch (IOException | CertificateParsingException e) {
      throw new ConfigurationException(unusable(path, Reason.of(e)), e);
    }
    if (found.isEmpty()) {
      throw new ConfigurationException(unusable(path, "there is no certificate in it"));
    }
    List<AnchorFiles> more = new ArrayList<>();
    more.add(AnchorFiles.of(path, found));
    more.addAll(files);
    return new Trust(more, stores);
  }

  private static String unusable(Path path, String reason) {
    return "cannot trust the certificates in "
        + path
        + ": "
        + reason
        + "; allowed is a file, PEM with any number of certificates or DER with one, or a directory"
        + " with such files named *.pem, *.crt, *.cer or as 'openssl rehash' does (1a2b3c4d.0)";
  }

  /**
   * Whether a public authority, one of those that the JDK comes with, vouches for these
   * certificates, whatever their host and whoever else is trusted here.
   *
   * @param chain the one in question first
   */
  public static boolean isOfPublicAuthority(List<X509Certificate> chain) {
    X509Certificate[] asked = chain.toArray(new X509Certificate[0]);
    try {
      TrustSource.jdk().trustManagerFor(asked).orElseThrow().checkServerTrusted(asked, OF_TLS_1_3);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** TLS for a client that trusts these authorities. */
  public SSLContext context() {
    return context(Optional.empty());
  }

  /**
   * TLS for a client that trusts these authorities.
   *
   * @param identity what it shows of itself to a server that asks
   */
  public SSLContext context(Optional<ClientIdentity> identity) {
    List<TrustSource> sources = new ArrayList<>();
    files.forEach(file -> sources.add(file.byName()));
    sources.addAll(stores);
    files.forEach(file -> sources.add(file.all()));
    return context(new CheckingTrustManager(sources), identity);
  }

  /**
   * TLS for a client that checks neither certificates nor host names, and so is safe from nobody.
   */
  public static SSLContext checkingNothing() {
    return checkingNothing(Optional.empty());
  }

  /**
   * The same for a client that shows something of itself.
   *
   * @param identity what it shows to a server that asks
   */
  public static SSLContext checkingNothing(Optional<ClientIdentity> identity) {
    return context(new CarelessTrustManager(), identity);
  }

  private static SSLContext context(TrustManager manager, Optional<ClientIdentity> identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.isPresent() ? identity.get().keyManagers() : null,
          new TrustManager[] {manager},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
