package io.iottunnel.domain.http;

import io.iottunnel.domain.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sees the heads of an answer go by, byte by byte, on their way to an HTTP library's parser, and
 * speaks up where the parser would wait, or hide what it saw: when this is not HTTP, and when it is
 * too much.
 */
public final class HeadWatch {

  /** For all heads of one answer together, interim ones too. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int QUOTED = 60;

  /** What is not HTTP is read up to here, so that a secret in it is seen whole. */
  private static final int MAX_NOT_HTTP = 1024;

  private static final byte TLS_ALERT = 0x15;
  private static final byte TLS_HANDSHAKE = 0x16;
  private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private final Secrets secrets;
  private final ByteArrayOutputStream first = new ByteArrayOutputStream(MAX_NOT_HTTP);
  private int bytes;
  private boolean mismatch;

  /**
   * @param secrets are masked in what is quoted
   */
  public HeadWatch(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Takes note of the next byte.
   *
   * @throws BadAnswerException if it is certain now that the bytes are not HTTP, or if they are
   *     more than 64 KiB
   */
  public void pass(byte b) throws BadAnswerException {
    if (++bytes > MAX_BYTES) {
      throw new BadAnswerException(
          "has more than " + MAX_BYTES / 1024 + " KiB of header fields", false);
    }
    int position = first.size();
    if (position < BEGINNING.length) {
      mismatch |= b != BEGINNING[position];
    }
    if (position < MAX_NOT_HTTP) {
      first.write(b);
    }
    if (mismatch && (b == '\n' || first.size() == MAX_NOT_HTTP || isBinary(b))) {
      throw notHttp();
    }
  }

  /** A head is over, and another one of the same answer follows. */
  public void nextHead() {
    first.reset();
  }

  /** Whether not one byte has come. */
  public boolean isUntouched() {
    return bytes == 0;
  }

  /**
   * Takes the news that no more bytes come, in the middle of a head.
   *
   * @throws BadAnswerException if what did come is not HTTP
   */
  public void end() throws BadAnswerException {
    if (mismatch) {
      throw notHttp();
    }
  }

  /** The head does not begin with a status line. */
  public BadAnswerException notHttp() {
    byte[] raw = first.toByteArray();
    boolean tls = raw[0] == TLS_ALERT || raw[0] == TLS_HANDSHAKE;
    String text = secrets.maskedIn(new String(raw, StandardCharsets.ISO_8859_1)).stripTrailing();
    return new BadAnswerException(
        "is not HTTP: it begins with \"" + Printable.of(text, QUOTED) + "\"", tls);
  }

  /** A control character, or not ASCII. */
  private static boolean isBinary(byte b) {
    return b < ' ' && b != '\r' && b != '\t';
  }
}
