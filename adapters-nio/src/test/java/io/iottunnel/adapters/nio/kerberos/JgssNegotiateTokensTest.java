package io.iottunnel.adapters.nio.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.ports.NegotiateException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of Kerberos without a KDC: mostly what is missing. */
class JgssNegotiateTokensTest {

  private static final String CONFIGURATION = "java.security.krb5.conf";

  @TempDir private Path directory;

  @AfterEach
  void leaveTheJvmAsItWas() {
    System.clearProperty(CONFIGURATION);
  }

  @Test
  void withoutATicketTheRemedyIsNamed() {
    String cache = directory.resolve("none").toString();
    assertRefused(Map.of("KRB5CCNAME", "FILE:" + cache), cache, "kinit", "KRB5_CLIENT_KTNAME");
  }

  @Test
  void aFileThatIsNoTicketCacheHoldsNoTicket() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "Not a cache");
    assertRefused(Map.of("KRB5CCNAME", file.toString()), file.toString(), "none that is valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KCM:", "KEYRING:persistent:1000", "DIR:/tmp/cc", "API:"})
  void cachesThatJavaCannotReadAreNamed(String cache) {
    assertRefused(Map.of("KRB5CCNAME", cache), "'" + cache + "'", "KRB5CCNAME=FILE:");
  }

  @Test
  void whereTheCacheIsOfNoUseTheKeytabCounts() {
    Path keytab = directory.resolve("keytab");
    assertRefused(
        Map.of("KRB5CCNAME", "KCM:", "KRB5_CLIENT_KTNAME", "FILE:" + keytab),
        "there is no keytab " + keytab);
  }

  @Test
  void theConfigurationOfMitsProgramsIsTheJdksToo() {
    Map<String, String> environment =
        Map.of("KRB5_CONFIG", "/etc/company.conf", "KRB5CCNAME", directory.resolve("x").toString());
    assertRefused(environment);
    assertEquals("/etc/company.conf", System.getProperty(CONFIGURATION));
  }

  @Test
  void aConfigurationThatWasChosenForTheJvmStays() {
    System.setProperty(CONFIGURATION, "/etc/chosen.conf");
    assertRefused(
        Map.of("KRB5_CONFIG", "/etc/other.conf", "KRB5CCNAME", directory.resolve("x").toString()));
    assertEquals("/etc/chosen.conf", System.getProperty(CONFIGURATION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Server not found in Kerberos database (7) - LOOKING_UP_SERVER | in full and by name",
        "Clock skew too great (37) - PROCESS_TGS                       | set the clock",
        "Ticket expired (32) - PROCESS_TGS                             | run kinit",
        "KrbException: Cannot locate default realm                     | krb5.conf",
        "Something new                                                 | Something new",
      })
  void whatTheJdkSaysOfTheServiceIsExplained(String said, String meaning) {
    GSSException failure = new GSSException(GSSException.NO_CRED, -1, said);
    String message = KerberosTrouble.noToken("proxy.example.com", failure).getMessage();

    assertTrue(message.contains("HTTP/proxy.example.com"), message);
    assertTrue(message.contains(said), message);
    assertTrue(message.contains(meaning), message);
  }

  @Test
  void theDeepestCauseIsTheOneThatCounts() {
    LoginException failure = new LoginException("Receive timed out (7)");
    failure.initCause(new SocketTimeoutException("Receive timed out"));
    String message =
        KerberosTrouble.keytabRefused(directory, "device@TUNNEL.TEST", failure).getMessage();

    assertTrue(message.contains("no KDC answers (Receive timed out)"), message);
  }

  private static void assertRefused(Map<String, String> environment, String... words) {
    String message =
        assertThrows(
                NegotiateException.class,
                () -> new JgssNegotiateTokens(environment).begin("proxy.example.com").close())
            .getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}
