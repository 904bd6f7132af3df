package io.iottunnel.adapters.nio;

import io.iottunnel.domain.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key in the one form that the JDK takes: PKCS #8 (RFC 5958) in PEM (RFC 7468), not
 * encrypted. Of the others it says how to convert them. No message quotes the key.
 */
final class PrivateKeyFile {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END ");

  private static final String PROBE = "whose key is this?";

  private PrivateKeyFile() {}

  /**
   * The key in {@code file}.
   *
   * @param belongsTo the public key of the certificate that it is for
   * @throws ConfigurationException naming the file, what is wrong with it and what to do
   */
  static PrivateKey read(Path file, PublicKey belongsTo) {
    Matcher block = BLOCK.matcher(text(file));
    if (!block.find()) {
      throw new ConfigurationException(unusable(file, "there is no private key in PEM in it"));
    }
    String form = block.group(1);
    if (form.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
      throw new ConfigurationException(
          unusable(file, "it is encrypted, and nobody is asked for its password here"));
    }
    if (!form.equals("PRIVATE KEY")) {
      throw new ConfigurationException(unusable(file, "it is in the older form '" + form + "'"));
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      PrivateKey key =
          KeyFactory.getInstance(belongsTo.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(der));
      if (!belong(key, belongsTo)) {
        throw new ConfigurationException(unusable(file, "it does not belong to the certificate"));
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ConfigurationException(
          unusable(file, "it is damaged, or of another kind than the certificate's key"), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new ConfigurationException(unusable(file, Reason.of(e)), e);
    }
  }

  private static boolean belong(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    byte[] probe = PROBE.getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(signatureBy(key.getAlgorithm()));
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(other);
    signature.update(probe);
    return signature.verify(signed);
  }

  private static String signatureBy(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm; // as of EdDSA, which is its own signature
    };
  }

  private static String unusable(Path file, String reason) {
    return "cannot use the private key in "
        + file
        + ": "
        + reason
        + "; allowed is PEM, PKCS #8, not encrypted (BEGIN PRIVATE KEY), as 'openssl pkcs8 -topk8"
        + " -nocrypt -in KEY -out NEW' makes it of others";
  }
}
