package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that do not heed what users set about TLS are caught, each at its rule. */
class TlsSettingsSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(TlsSettingsSabotageTest.class);
  }

  @Breaks("d140")
  static class ShowsNothing extends SpoiltDialer implements TlsSettingsRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          new DialerSettings(
              settings.trust(), Optional.empty(), settings.limits(), settings.tokens()));
    }
  }

  @Breaks("d141")
  static class DoesNotSayWhatIsAskedFor extends SpoiltDialer implements TlsSettingsRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(
          dialer, message -> message.replace("client certificate", "nice word"));
    }
  }

  @Breaks("d142")
  static class ChecksNamesByItself extends SpoiltDialer implements TlsSettingsRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings.trusting(
              new HonestTrust(settings.trust()) {
                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                    throws CertificateException {
                  if (!chain[0].getSubjectAlternativeNames().toString().contains("localhost")) {
                    throw new CertificateException("who is that?");
                  }
                  super.checkServerTrusted(chain, type, socket);
                }
              }));
    }
  }
}
