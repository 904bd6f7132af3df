package io.iottunnel.adapters.jetty;

import io.iottunnel.adapters.nio.ClientIdentity;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.NioWebProxyDialer;
import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.DialerSettings;
import io.iottunnel.testkit.contract.StageLimits;
import io.iottunnel.testkit.contract.WebProxyDialerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Jetty's dialog, with the dialer of adapters-nio around it. */
class JettyWebProxyDialerContractTest extends WebProxyDialerContract {

  @TempDir private Path directory;

  private final NioLoop loop = new NioLoop();

  @Override
  protected WebProxyDialer dialer(DialerSettings settings) {
    StageLimits limits = settings.limits();
    return new NioWebProxyDialer(
        loop,
        new JettyConnectDialog.Factory("localproxy/test", settings.tokens()),
        tls(settings),
        new DialLimits(
            limits.connect(), limits.connect(), limits.tls(), limits.answer(), limits.token()));
  }

  /** The product's own, by files as users give them; no authorities at all mean no checks. */
  private SSLContext tls(DialerSettings settings) {
    Optional<ClientIdentity> identity = settings.identity().map(this::read);
    X509Certificate[] authorities = settings.trust().getAcceptedIssuers();
    if (authorities.length == 0) {
      return Trust.checkingNothing(identity);
    }
    try {
      Path file = Files.createTempFile(directory, "trusted", ".pem");
      for (X509Certificate authority : authorities) {
        Files.writeString(file, pem(authority), StandardOpenOption.APPEND);
      }
      return Trust.ofPlatform(Map.of()).plus(file).context(identity);
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ClientIdentity read(TestIdentity identity) {
    identity.writeTo(directory);
    return ClientIdentity.read(directory.resolve("chain.pem"), directory.resolve("key.pem"));
  }

  private static String pem(X509Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }
}
