package io.iottunnel.adapters.jetty;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a TLS client offers, as it stands on the wire (RFC 8446 section 4.1.2).
 *
 * @param versions of TLS, by number: 0x0303 is 1.2, 0x0304 is 1.3
 * @param suites by number
 */
record ClientHello(Set<Integer> versions, Set<Integer> suites) {

  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SUPPORTED_VERSIONS = 43;

  /** Reads the record that a client begins with. */
  static ClientHello read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ByteBuffer header = ByteBuffer.wrap(data.readNBytes(RECORD_HEADER));
    ByteBuffer hello = ByteBuffer.wrap(data.readNBytes(header.getShort(3)));
    hello.position(MESSAGE_HEADER + VERSION_AND_RANDOM);
    part(hello, hello.get() & 0xff); // the session's id
    Set<Integer> suites = shorts(part(hello, hello.getShort()));
    part(hello, hello.get() & 0xff); // compression
    ByteBuffer extensions = part(hello, hello.getShort());
    Set<Integer> versions = Set.of();
    while (extensions.hasRemaining()) {
      int type = extensions.getShort();
      ByteBuffer extension = part(extensions, extensions.getShort());
      if (type == SUPPORTED_VERSIONS) {
        versions = shorts(part(extension, extension.get() & 0xff));
      }
    }
    return new ClientHello(versions, suites);
  }

  private static ByteBuffer part(ByteBuffer from, int length) {
    ByteBuffer part = from.slice(from.position(), length);
    from.position(from.position() + length);
    return part;
  }

  private static Set<Integer> shorts(ByteBuffer bytes) {
    Set<Integer> numbers = new LinkedHashSet<>();
    while (bytes.hasRemaining()) {
      numbers.add(bytes.getShort() & 0xffff);
    }
    return numbers;
  }
}
