package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.adapters.nio.kerberos.JgssNegotiateTokens;
import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens.Exchange;
import io.iottunnel.testkit.real.Kdc;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens for web proxies, and what is said where there are none, with a real KDC. */
class KerberosIT {

  /** The tag of a GSS-API token, RFC 2743 section 3.1. */
  private static final byte TOKEN = 0x60;

  private final Map<String, String> environment = new HashMap<>();
  private Kdc kdc;

  @BeforeEach
  void start(@TempDir Path directory) {
    assumeTrue(Kdc.missing().isEmpty(), () -> Kdc.missing().orElse(""));
    kdc = Kdc.start();
    kdc.add("device");
    environment.putAll(kdc.environment());
    environment.put("KRB5CCNAME", directory.resolve("no-tickets").toString());
  }

  @AfterEach
  void stop() {
    System.clearProperty("java.security.krb5.conf");
    if (kdc != null) {
      kdc.close();
    }
  }

  @Test
  void theTicketOfACacheMakesAToken() throws Exception {
    environment.put("KRB5CCNAME", "FILE:" + kdc.ticketCache("device"));
    assertEquals(TOKEN, token("localhost")[0]);
    kdc.awaitLogged("device@TUNNEL.TEST for HTTP/localhost@TUNNEL.TEST");
  }

  @Test
  void withoutACacheTheKeytabMakesOne() throws Exception {
    environment.put("KRB5_CLIENT_KTNAME", kdc.keytab("device").toString());
    assertEquals(TOKEN, token("localhost")[0]);
    kdc.awaitLogged("device@TUNNEL.TEST for HTTP/localhost@TUNNEL.TEST");
  }

  @Test
  void aWebProxyThatTheKdcDoesNotKnowIsSaid() {
    environment.put("KRB5CCNAME", kdc.ticketCache("device").toString());
    assertRefused("127.0.0.1", "HTTP/127.0.0.1", "the KDC does not know this service", "by name");
  }

  @Test
  void keysThatHaveChangedAreSaid() {
    environment.put("KRB5_CLIENT_KTNAME", kdc.keytab("device").toString());
    kdc.changeKey("device");
    assertRefused("localhost", "device@TUNNEL.TEST", "get a new keytab");
  }

  @Test
  void aPrincipalThatTheKdcDoesNotKnowIsSaid() {
    environment.put("KRB5_CLIENT_KTNAME", kdc.keytab("device").toString());
    kdc.remove("device");
    assertRefused("localhost", "device@TUNNEL.TEST", "does not know this principal");
  }

  @Test
  void aKdcThatDoesNotAnswerIsSaid() {
    environment.put("KRB5CCNAME", kdc.ticketCache("device").toString());
    kdc.stop();
    assertRefused("localhost", "no KDC answers", "Connection refused");
  }

  @Test
  void aRealmThatIsNotConfiguredIsSaid(@TempDir Path elsewhere) {
    environment.put("KRB5_CLIENT_KTNAME", kdc.keytab("device").toString());
    environment.put("KRB5_CONFIG", elsewhere.resolve("krb5.conf").toString());
    assertRefused("localhost", "no KDC is known for the realm", "krb5.conf");
  }

  private byte[] token(String host) throws NegotiateException {
    try (Exchange exchange = new JgssNegotiateTokens(environment).begin(host)) {
      return exchange.next(new byte[0]);
    }
  }

  private void assertRefused(String host, String... words) {
    String message = assertThrows(NegotiateException.class, () -> token(host)).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}
