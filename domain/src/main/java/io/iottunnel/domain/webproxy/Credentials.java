package io.iottunnel.domain.webproxy;

/**
 * What a user shows to a web proxy.
 *
 * @param user the user's name, decoded; never empty
 * @param password the password, decoded; may be empty
 */
public record Credentials(String user, String password) {

  /** Never the password. */
  @Override
  public String toString() {
    return "Credentials[" + user + ":***]";
  }
}
