package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.ports.NegotiateException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * As much of MIT's keytab format (version 2) as it takes to learn for whom the keys are. The JDK
 * reads the keys, but wants to be told.
 */
final class Keytab {

  private static final int VERSION = 0x0502;

  private Keytab() {}

  /**
   * The principal of the first entry, with its realm.
   *
   * @throws NegotiateException if the file cannot be read, or is no keytab
   */
  static String firstPrincipal(Path keytab) throws NegotiateException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(keytab))) {
      if (in.readUnsignedShort() != VERSION) {
        throw new IOException("it is not a keytab");
      }
      return principal(in);
    } catch (NoSuchFileException e) {
      throw new NegotiateException("there is no keytab " + keytab, e);
    } catch (IOException e) {
      throw new NegotiateException("the keytab " + keytab + " cannot be read: " + reason(e), e);
    }
  }

  private static String principal(DataInputStream in) throws IOException {
    int size = in.readInt();
    while (size < 0) { // where an entry was taken out
      in.skipNBytes(-(long) size);
      size = in.readInt();
    }
    int components = in.readUnsignedShort();
    String realm = string(in);
    StringBuilder name = new StringBuilder(string(in));
    for (int i = 1; i < components; i++) {
      name.append('/').append(string(in));
    }
    return name.append('@').append(realm).toString();
  }

  private static String string(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it ends too early" : e.getMessage();
  }
}
