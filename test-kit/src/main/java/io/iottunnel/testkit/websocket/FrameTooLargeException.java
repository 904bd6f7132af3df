package io.iottunnel.testkit.websocket;

import java.io.IOException;

/** The header of a frame announces more bytes than its reader takes. */
public final class FrameTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  FrameTooLargeException(long length) {
    super("a frame of " + Long.toUnsignedString(length) + " bytes");
  }
}
