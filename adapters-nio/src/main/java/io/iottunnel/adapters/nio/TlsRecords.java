package io.iottunnel.adapters.nio;

import java.nio.ByteBuffer;

/** Tells TLS from other protocols by its first bytes (RFC 8446 section 5.1). */
final class TlsRecords {

  private static final int FIRST_CONTENT_TYPE = 20; // change_cipher_spec
  private static final int LAST_CONTENT_TYPE = 23; // application_data
  static final int HEADER_BYTES = 5;
  private static final int LENGTH_AT = 3;
  private static final int MAJOR_VERSION = 3;

  private TlsRecords() {}

  /** Whether {@code bytes} (from its position) may be the beginning of a TLS record. */
  static boolean mayBegin(ByteBuffer bytes) {
    int at = bytes.position();
    return switch (bytes.remaining()) {
      case 0 -> true;
      case 1 -> isContentType(bytes.get(at));
      default -> isContentType(bytes.get(at)) && bytes.get(at + 1) == MAJOR_VERSION;
    };
  }

  /** Whether {@code bytes} (from its position) certainly begin a TLS record. */
  static boolean begin(ByteBuffer bytes) {
    return bytes.remaining() >= 2 && mayBegin(bytes);
  }

  /**
   * The length of the record that {@code bytes} (from its position) begin, with its header; {@link
   * Integer#MAX_VALUE} while that cannot be known.
   */
  static int length(ByteBuffer bytes) {
    return bytes.remaining() < HEADER_BYTES
        ? Integer.MAX_VALUE
        : HEADER_BYTES + Short.toUnsignedInt(bytes.getShort(bytes.position() + LENGTH_AT));
  }

  private static boolean isContentType(byte b) {
    return b >= FIRST_CONTENT_TYPE && b <= LAST_CONTENT_TYPE;
  }
}
