package io.iottunnel.adapters.nio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;

/**
 * A certificate in DER of which nothing has been decoded but where its subject is (RFC 5280 section
 * 4.1). To decode the hundred and more authorities of a system takes a cold JVM a tenth of a second
 * of start-up; to find the one that is needed by its name takes next to nothing.
 *
 * @param der the whole certificate
 * @param subject its subject, an encoded Name
 */
record EncodedCertificate(ByteBuffer der, ByteBuffer subject) {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int VERSION = 0xa0;

  /**
   * Finds the subject.
   *
   * @throws CertificateParsingException if {@code der} is not one certificate
   */
  static EncodedCertificate of(byte[] der) throws CertificateParsingException {
    try {
      ByteBuffer whole = ByteBuffer.wrap(der).asReadOnlyBuffer();
      ByteBuffer certificate = content(whole, SEQUENCE);
      if (whole.hasRemaining()) {
        throw new CertificateParsingException("there is more behind the certificate");
      }
      ByteBuffer fields = content(certificate, SEQUENCE);
      if (fields.hasRemaining() && peek(fields) == VERSION) {
        content(fields, VERSION);
      }
      content(fields, INTEGER); // serial number
      content(fields, SEQUENCE); // signature algorithm
      content(fields, SEQUENCE); // issuer
      content(fields, SEQUENCE); // validity
      int begin = fields.position();
      content(fields, SEQUENCE);
      ByteBuffer subject = fields.slice(begin, fields.position() - begin);
      return new EncodedCertificate(whole.rewind(), subject);
    } catch (BufferUnderflowException e) {
      throw new CertificateParsingException("the certificate is cut off", e);
    }
  }

  private static int peek(ByteBuffer from) {
    return Byte.toUnsignedInt(from.get(from.position()));
  }

  /** Steps over one element and returns what is in it (X.690 section 8.1). */
  private static ByteBuffer content(ByteBuffer from, int tag) throws CertificateParsingException {
    if (Byte.toUnsignedInt(from.get()) != tag) {
      throw new CertificateParsingException("not a certificate");
    }
    int length = Byte.toUnsignedInt(from.get());
    if (length >= 0x80) {
      int octets = length - 0x80;
      if (octets < 1 || octets > 3) {
        throw new CertificateParsingException("a length that no certificate has");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | Byte.toUnsignedInt(from.get());
      }
    }
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  byte[] bytes() {
    byte[] bytes = new byte[der.remaining()];
    der.duplicate().get(bytes);
    return bytes;
  }
}
