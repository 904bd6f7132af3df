package io.iottunnel.domain.webproxy;

import io.iottunnel.domain.http.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What a user shows to a web proxy.
 *
 * @param user the user's name, decoded; never empty
 * @param password the password, decoded; may be empty
 */
public record Credentials(String user, String password) {

  /** User and password as Basic sends them (RFC 7617 section 2), in UTF-8. A secret. */
  public String basic() {
    String pair = user + ":" + password;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The password, in the forms in which it travels. */
  public Secrets secrets() {
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
    return Secrets.of(List.of(password, encoded, encoded.replace("+", "%20"), basic()));
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "Credentials[" + user + ":***]";
  }
}
