package io.iottunnel.domain;

/**
 * The secret that admits this local proxy to its end of one tunnel.
 *
 * @param value the token; printable ASCII without blanks, so that it can travel in a header
 */
public record AccessToken(String value) {

  public AccessToken {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new ConfigurationException(
          "the access token must be printable ASCII without blanks (was something else pasted with it?)");
    }
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "AccessToken[***]";
  }
}
