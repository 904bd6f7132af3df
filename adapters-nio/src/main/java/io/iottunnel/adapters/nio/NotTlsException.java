package io.iottunnel.adapters.nio;

import java.io.IOException;

/** The other side answered a TLS handshake with something that is not TLS. */
final class NotTlsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final byte[] firstBytes;

  NotTlsException(byte[] firstBytes) {
    super("the answer to the TLS handshake is not TLS");
    this.firstBytes = firstBytes.clone();
  }

  /** What it answered, as far as it has been read. */
  byte[] firstBytes() {
    return firstBytes.clone();
  }
}
