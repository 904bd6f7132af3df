package io.iottunnel.testkit.real;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each real web proxy lets curl pass with what it asks for, and without it does not. Skipped where
 * a part is not installed.
 */
class WebProxyLoginsTest {

  private static final Credentials USER = Secrets.credentials();
  private static final Credentials STRANGER = Secrets.otherPassword(USER);

  private Curl curl;

  @BeforeEach
  void start() throws IOException {
    curl = Curl.start();
  }

  @AfterEach
  void stop() {
    curl.close();
  }

  @Test
  void squidAsksForDigest() throws IOException {
    require(Squid.missing());
    try (Squid squid = Squid.asking(SquidLogin.digest(USER)).start()) {
      assertTrue(curl.passes(squid.url(), Map.of(), "--proxy-digest"));
      assertFalse(curl.passes(squid.url(), Map.of(), "--proxy-basic"));
      assertFalse(curl.passes(squid.url().withCredentials(STRANGER), Map.of(), "--proxy-digest"));
      squid.awaitLogged("CONNECT 127.0.0.1");
    }
  }

  @Test
  void squidSpeaksTls(@TempDir Path directory) throws IOException {
    require(Squid.missing());
    TestCa ca = TestCa.create();
    Path trusted = Files.writeString(directory.resolve("ca.pem"), ca.rootPem());
    try (Squid squid = Squid.asking(SquidLogin.basic(USER)).tls(ca.leaf("localhost")).start()) {
      assertTrue(curl.passes(squid.url(), Map.of(), "--proxy-cacert", trusted.toString()));
      assertFalse(curl.passes(squid.url(), Map.of()));
    }
  }

  @Test
  void squidAsksForATicketOfTheKdc() throws IOException {
    require(Squid.missing());
    require(Kdc.missing());
    try (Kdc kdc = Kdc.start();
        Squid squid = Squid.asking(SquidLogin.negotiate(kdc)).start()) {
      kdc.add("alice");
      Map<String, String> environment = new HashMap<>(kdc.environment());
      environment.put("KRB5CCNAME", "FILE:" + kdc.ticketCache("alice"));

      assertTrue(curl.passes(squid.url(), environment, "--proxy-negotiate", "-U", ":"));
      kdc.awaitLogged("alice@TUNNEL.TEST for HTTP/localhost@TUNNEL.TEST");
      assertFalse(curl.passes(squid.url(), kdc.environment(), "--proxy-negotiate", "-U", ":"));
    }
  }

  @Test
  void apacheAsksForDigest() throws IOException {
    require(Apache.missing());
    try (Apache apache = Apache.start(USER)) {
      assertTrue(curl.passes(apache.url(), Map.of(), "--proxy-digest"));
      assertFalse(curl.passes(apache.url().withCredentials(STRANGER), Map.of(), "--proxy-digest"));
      apache.awaitLogged("CONNECT 127.0.0.1");
    }
  }

  @Test
  void cntlmAuthenticatesByNtlm() throws IOException {
    require(Cntlm.missing());
    try (ScriptedWebProxy ntlmOnly =
            ScriptedWebProxy.builder()
                .script(Script.ntlm(USER, "CORP"))
                .route("127.0.0.1:" + curl.target().getPort(), curl.target())
                .start();
        Cntlm cntlm = Cntlm.start(ntlmOnly.url().address(), "CORP", USER);
        Cntlm stranger = Cntlm.start(ntlmOnly.url().address(), "CORP", STRANGER)) {
      assertTrue(curl.passes(cntlm.url(), Map.of()));
      assertFalse(curl.passes(stranger.url(), Map.of()));
      assertFalse(curl.passes(ntlmOnly.url(USER), Map.of(), "--proxy-basic"));
    }
  }

  private static void require(Optional<String> missing) {
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }
}
