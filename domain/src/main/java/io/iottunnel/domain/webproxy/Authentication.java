package io.iottunnel.domain.webproxy;

/** How to authenticate with a web proxy, as {@code --web-proxy-auth} says. */
public enum Authentication {
  /** By the strongest scheme that the web proxy offers and that we have the means for. */
  AUTO("auto"),
  /** By Basic (RFC 7617) and nothing else. */
  BASIC("basic"),
  /** By Digest (RFC 7616) and nothing else. */
  DIGEST("digest"),
  /** By Negotiate (RFC 4559), which is Kerberos, and nothing else. */
  NEGOTIATE("negotiate");

  private final String text;

  Authentication(String text) {
    this.text = text;
  }

  /** The choice as users write it. */
  public String text() {
    return text;
  }

  /** Whether {@code scheme} may be used, if this is what was chosen. */
  public boolean permits(Authentication scheme) {
    return this == AUTO || this == scheme;
  }
}
