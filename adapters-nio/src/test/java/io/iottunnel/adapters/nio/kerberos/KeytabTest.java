package io.iottunnel.adapters.nio.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.NegotiateException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeytabTest {

  @TempDir private Path directory;

  @Test
  void thePrincipalOfTheFirstEntryIsFound() throws Exception {
    assertEquals("device@TUNNEL.TEST", principalOf(entry("TUNNEL.TEST", "device")));
  }

  @Test
  void aPrincipalMayHaveSeveralComponents() throws Exception {
    assertEquals(
        "host/device.example.com@TUNNEL.TEST",
        principalOf(entry("TUNNEL.TEST", "host", "device.example.com")));
  }

  @Test
  void whereAnEntryWasTakenOutTheNextOneCounts() throws Exception {
    ByteArrayOutputStream holes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(holes);
    out.writeInt(-5);
    out.write(new byte[5]);
    out.write(entry("TUNNEL.TEST", "device"));

    assertEquals("device@TUNNEL.TEST", principalOf(holes.toByteArray()));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertRefused(directory.resolve("none"), "there is no keytab " + directory.resolve("none"));
  }

  @Test
  void aFileThatIsNoKeytabIsSaidToBeNone() throws IOException {
    assertRefused(Files.writeString(directory.resolve("text"), "What is this?"), "not a keytab");
  }

  @Test
  void aFileThatIsCutOffIsSaidToEndTooEarly() throws IOException {
    assertRefused(keytab(new byte[] {0, 0, 0, 40, 0, 1}), "ends too early");
  }

  private String principalOf(byte[] entries) throws Exception {
    return Keytab.firstPrincipal(keytab(entries));
  }

  private static void assertRefused(Path file, String words) {
    String message =
        assertThrows(NegotiateException.class, () -> Keytab.firstPrincipal(file)).getMessage();
    assertTrue(message.contains(words) && message.contains(file.toString()), message);
  }

  private Path keytab(byte[] entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(5);
    bytes.write(2);
    bytes.write(entries);
    return Files.write(directory.resolve("keytab"), bytes.toByteArray());
  }

  /** An entry without a key, as far as anybody reads it here. */
  private static byte[] entry(String realm, String... components) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    out.writeShort(components.length);
    out.writeUTF(realm);
    for (String component : components) {
      out.writeUTF(component);
    }
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    new DataOutputStream(entry).writeInt(content.size());
    entry.write(content.toByteArray());
    return entry.toByteArray();
  }
}
