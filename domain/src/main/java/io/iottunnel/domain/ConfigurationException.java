package io.iottunnel.domain;

/**
 * Something the user gave cannot be used: names the value (secrets masked), where it came from and
 * what is allowed.
 */
public final class ConfigurationException extends LocalProxyException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message, Retry.NEVER);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, Retry.NEVER, cause);
  }
}
