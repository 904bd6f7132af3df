package io.iottunnel.domain;

import java.util.regex.Pattern;

/**
 * The secret that, sent along with an access token, lets the same pair connect again.
 *
 * @param value 32 to 128 letters, digits and hyphens
 */
public record ClientToken(String value) {

  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9-]{32,128}");

  public ClientToken {
    if (!FORM.matcher(value).matches()) {
      throw new ConfigurationException(
          "the client token must be 32 to 128 letters, digits and hyphens, and has "
              + value.length()
              + " characters"
              + (value.length() >= 32 && value.length() <= 128 ? " of which some are others" : ""));
    }
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "ClientToken[***]";
  }
}
