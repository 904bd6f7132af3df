package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.io.InputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that are wrong about TLS with a web proxy are caught, each at its rule. */
class HttpsWebProxySabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(HttpsWebProxySabotageTest.class);
  }

  @Breaks({"d45", "d46", "d47", "d48"})
  static class TrustsEverybody extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings.trusting(
              new HonestTrust(settings.trust()) {
                @Override
                public void checkServerTrusted(
                    X509Certificate[] chain, String type, Socket socket) {}
              }));
    }
  }

  @Breaks("d46")
  static class ChecksNoNames extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings.trusting(
              new HonestTrust(settings.trust()) {
                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                    throws CertificateException {
                  super.checkServerTrusted(chain, type);
                }
              }));
    }
  }

  @Breaks("d47")
  static class GivesUpOnWrongDates extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              failure instanceof CertificateNotTrustedException
                  ? new CertificateNotTrustedException(
                      failure.getMessage(), Retry.AFTER_A_SESSION, failure)
                  : failure);
    }
  }

  @Breaks("d45")
  static class ShowsNoFingerprint extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replaceFirst("[0-9a-f]{64}", ""));
    }
  }

  @Breaks("d48")
  static class SaysNothingOfInspection extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("inspects", "has"));
    }
  }

  @Breaks("d49")
  static class LosesAByteFarBehind extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) ->
          dialer.dial(proxy, service, observer).thenApply(ForgetfulStream::new);
    }
  }

  @Breaks("d43")
  static class TellsNothingOfTls extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> dialer.dial(proxy, service, DialObserver.NONE);
    }
  }

  @Breaks({"d40", "d42", "d46"})
  static class DialsTheAddressInsteadOfTheName extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> {
        HostAndPort address = new HostAndPort("127.0.0.1", proxy.address().port());
        return dialer.dial(
            new WebProxy(proxy.scheme(), address, proxy.credentials()), service, observer);
      };
    }
  }

  @Breaks("d41")
  static class DialsANameInsteadOfTheAddress extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> {
        HostAndPort address = new HostAndPort("localhost", proxy.address().port());
        return dialer.dial(
            new WebProxy(proxy.scheme(), address, proxy.credentials()), service, observer);
      };
    }
  }

  @Breaks("d42")
  static class FollowsNoIntermediateAuthority extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings.trusting(
              new HonestTrust(settings.trust()) {
                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                    throws CertificateException {
                  if (chain[0].getIssuerX500Principal().getName().contains("Between")) {
                    throw new CertificateException("who is that?");
                  }
                  super.checkServerTrusted(chain, type, socket);
                }
              }));
    }
  }

  @Breaks("d44")
  static class LooksForTheBlankLineInOneBuffer extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    InputStream received(InputStream honest) {
      return new HastyInput(honest);
    }
  }
}
