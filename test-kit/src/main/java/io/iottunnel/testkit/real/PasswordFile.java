package io.iottunnel.testkit.real;

import io.iottunnel.domain.webproxy.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The lines that web proxies read to know a user. */
final class PasswordFile {

  private PasswordFile() {}

  /** For Basic: the one form of password that squid's helper reads and the JDK writes. */
  static String basic(Credentials user) {
    return user.user() + ":" + md5(user.password()) + "\n";
  }

  /** For Digest by MD5: what {@code htdigest} writes. */
  static String digest(Credentials user, String realm) {
    String who = user.user() + ":" + realm + ":";
    return who + md5(who + user.password()) + "\n";
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
