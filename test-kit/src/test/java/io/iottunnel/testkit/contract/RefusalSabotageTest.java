package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that draw the wrong conclusion are caught, each at its rule. */
class RefusalSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(RefusalSabotageTest.class);
  }

  @Breaks({"d60", "d61", "d62", "d63"})
  static class TriesAPasswordAgainLater extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              status(failure) == 407
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.WITH_BACKOFF, 407)
                  : failure);
    }
  }

  @Breaks({"d61", "d62"})
  static class TriesAPasswordTwice extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.dialingTwice(
          dialer, (proxy, failure) -> status(failure) == 407 && proxy.credentials().isPresent());
    }
  }

  @Breaks("d74")
  static class DoesNotTakeNoForAnAnswer extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.dialingTwice(
          dialer, (proxy, failure) -> failure.retry() == Retry.WITH_BACKOFF);
    }
  }

  @Breaks({"d64", "d68"})
  static class HidesTheTarget extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer, failure -> edited(failure, message -> message.replace("service.invalid", "it")));
    }
  }

  @Breaks("d65")
  static class QuotesTheChunks extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              edited(
                  failure,
                  message -> message.replace("Access to this is", "9 Access to 11 this is")));
    }
  }

  @Breaks("d66")
  static class ForgetsRetryAfter extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              status(failure) == 403
                  ? new WebProxyRefusedException(failure.getMessage(), failure.retry(), 403)
                  : failure);
    }
  }

  @Breaks("d70")
  static class ShowsControlCharacters extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer, failure -> edited(failure, message -> message.replace("\\x7", "\u0007")));
    }
  }

  @Breaks("d73")
  static class RepeatsAnEcho extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              edited(
                  failure, message -> message.replace("***", DialerBench.base64(bench().user()))));
    }
  }

  @Breaks("d67")
  static class FollowsRedirects extends SpoiltDialer implements RefusalRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new HonestDialer(dialer) {
        @Override
        public CompletableFuture<ByteStream> dial(
            WebProxy proxy, HostAndPort service, DialObserver observer) {
          return super.dial(proxy, service, observer)
              .whenComplete(
                  (stream, failure) -> {
                    if (failure instanceof WebProxyRefusedException refused
                        && refused.status() == 302) {
                      visit(refused.getMessage());
                    }
                  });
        }
      };
    }
  }

  @Breaks("d80")
  static class GivesUpOnWhatIsNotHttp extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              failure.getMessage().contains("not by HTTP")
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.NEVER, 0)
                  : failure);
    }
  }

  @Breaks("d81")
  static class DoesNotNameTheOtherScheme extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              edited(failure, message -> message.replace("use http://", "change the scheme")));
    }
  }

  @Breaks("d82")
  static class TriesAMistakenSchemeAgain extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
          dialer,
          failure ->
              failure.getMessage().contains("wants TLS on that port")
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.WITH_BACKOFF, 0)
                  : failure);
    }
  }

  @Breaks("d93")
  static class IgnoresCancelling extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new HonestDialer(dialer) {
        @Override
        public CompletableFuture<ByteStream> dial(
            WebProxy proxy, HostAndPort service, DialObserver observer) {
          return super.dial(proxy, service, observer).thenApply(stream -> stream);
        }
      };
    }
  }

  @Breaks({"d45", "d46", "d47"})
  static class TrustsEverybody extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer dialer(X509ExtendedTrustManager trust, StageLimits limits) {
      return new SmallDialer(
          new HonestTrust(trust) {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}
          },
          limits);
    }
  }

  @Breaks("d46")
  static class ChecksNoNames extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer dialer(X509ExtendedTrustManager trust, StageLimits limits) {
      return new SmallDialer(
          new HonestTrust(trust) {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
              super.checkServerTrusted(chain, type);
            }
          },
          limits);
    }
  }

  @Breaks("d47")
  static class GivesUpOnWrongDates extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return HonestDialer.failing(
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
      return HonestDialer.failing(
          dialer,
          failure ->
              failure instanceof CertificateNotTrustedException
                  ? new CertificateNotTrustedException(
                      failure.getMessage().replaceFirst("[0-9a-f]{64}", ""),
                      failure.retry(),
                      failure)
                  : failure);
    }
  }

  @Breaks("d43")
  static class TellsNothingOfTls extends SpoiltDialer implements HttpsWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return new HonestDialer(dialer) {
        @Override
        public CompletableFuture<ByteStream> dial(
            WebProxy proxy, HostAndPort service, DialObserver observer) {
          return super.dial(proxy, service, DialObserver.NONE);
        }
      };
    }
  }

  private static int status(LocalProxyException failure) {
    return failure instanceof WebProxyRefusedException refused ? refused.status() : 0;
  }

  /** The same refusal with another message. */
  private static LocalProxyException edited(
      LocalProxyException failure, UnaryOperator<String> edit) {
    return failure instanceof WebProxyRefusedException refused
        ? new WebProxyRefusedException(
            edit.apply(refused.getMessage()),
            refused.retry(),
            refused.status(),
            refused.retryAfter())
        : failure;
  }

  /** Goes where the message says that the redirect leads. */
  private static void visit(String message) {
    Matcher location = Pattern.compile("leads to http://[^:]*:(\\d+)").matcher(message);
    if (location.find()) {
      int port = Integer.parseInt(location.group(1));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write('G');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
