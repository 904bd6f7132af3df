package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that ask for the wrong thing are caught, each at its rule. */
class ConnectRequestSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(ConnectRequestSabotageTest.class);
  }

  @Breaks("d01")
  static class KnowsOnePortOnly extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings, request -> request.replace("invalid:80 ", "invalid:443 "));
    }
  }

  @Breaks({"d02", "d04"})
  static class SendsNoHost extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings, request -> request.replaceFirst("Host:.*\\r\\n", ""));
    }
  }

  @Breaks("d03")
  static class SendsNoUserAgent extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings, request -> request.replaceFirst("User-Agent:.*\\r\\n", ""));
    }
  }

  @Breaks("d04")
  static class ForgetsTheBrackets extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(settings, request -> request.replaceAll("[\\[\\]]", ""));
    }
  }

  @Breaks("d06")
  static class EncodesThePasswordAsLatin1 extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings,
          request -> request.replace(DialerBench.base64(bench().user()), latin1(bench().user())));
    }

    private static String latin1(Credentials user) {
      byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(pair);
    }
  }

  @Breaks("d07")
  static class TakesAnEmptyPasswordForNone extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings,
          request -> request.replaceFirst("Proxy-Authorization: Basic dXNlcjo=\\r\\n", ""));
    }
  }

  @Breaks("d08")
  static class SendsCredentialsThatNobodyGave extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings,
          request ->
              request.contains("Proxy-Auth")
                  ? request
                  : request.replaceFirst("\\r\\n", "\r\nProxy-Authorization: Basic Og==\r\n"));
    }
  }

  @Breaks("d09")
  static class AnnouncesABody extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(
          settings,
          request -> request.replaceFirst("\\r\\n", "\r\nTransfer-Encoding: chunked\r\n"));
    }
  }

  @Breaks("d10")
  static class TellsNothingOfTheConnection extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> dialer.dial(proxy, service, DialObserver.NONE);
    }
  }

  @Breaks("d11")
  static class BlocksUntilThereIsAnAnswer extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) -> {
        CompletableFuture<ByteStream> dialed = dialer.dial(proxy, service, observer);
        dialed.handle((stream, failure) -> "answered").join();
        return dialed;
      };
    }
  }

  @Breaks({"d01", "d02", "d03", "d05", "d06", "d07", "d08", "d09", "d10", "d11", "d12", "d13"})
  static class ResolvesTheService extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) ->
          resolves(service)
              ? dialer.dial(proxy, service, observer)
              : CompletableFuture.failedFuture(new UnreachableException("unknown: " + service));
    }
  }

  @Breaks("d13")
  static class KnowsNothingButIpv4 extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) ->
          proxy.address().isIpv6Literal()
              ? CompletableFuture.failedFuture(new UnreachableException("no IPv6"))
              : dialer.dial(proxy, service, observer);
    }
  }

  private static boolean resolves(HostAndPort service) {
    try {
      return InetAddress.getByName(service.host()).getHostAddress() != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Breaks({"d01", "d12"})
  static class AsksForTheFirstServiceAgain extends SpoiltDialer implements ConnectRequestRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      AtomicReference<HostAndPort> first = new AtomicReference<>();
      return (proxy, service, observer) -> {
        first.compareAndSet(null, service);
        return dialer.dial(proxy, first.get(), observer);
      };
    }
  }
}
