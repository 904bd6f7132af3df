package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.WebProxyDialer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Dialers that get lost with what is no web proxy are caught, each at its rule. */
class BrokenWebProxySabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(BrokenWebProxySabotageTest.class);
  }

  @Breaks("d80")
  static class GivesUpOnWhatIsNotHttp extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              failure.getMessage().contains("not by HTTP")
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.NEVER, 0)
                  : failure);
    }
  }

  @Breaks({"d81", "d84"})
  static class DoesNotNameTheOtherScheme extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(
          dialer, message -> message.replace("use http://", "change the scheme"));
    }
  }

  @Breaks("d82")
  static class TriesAMistakenSchemeAgain extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
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
      return (proxy, service, observer) ->
          dialer.dial(proxy, service, observer).thenApply(stream -> stream);
    }
  }

  @Breaks({"d83", "d85", "d97"})
  static class WaitsForAnAnswerForEver extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      return new SmallDialer(withoutLimitToTheAnswer(settings));
    }
  }

  @Breaks("d97")
  static class StartsAgainWithEveryByte extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      Duration silence = settings.limits().answer();
      return new SmallDialer(
          withoutLimitToTheAnswer(settings),
          SmallHooks.NONE.received(input -> new ImpatientInput(input, silence)));
    }
  }

  private static DialerSettings withoutLimitToTheAnswer(DialerSettings settings) {
    StageLimits limits = settings.limits();
    return settings.within(
        new StageLimits(
            limits.connect(), limits.tls(), StageLimits.GENEROUS.answer(), limits.token()));
  }

  @Breaks("d84")
  static class WaitsForTlsForEver extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer dialer(DialerSettings settings) {
      StageLimits limits = settings.limits();
      return new SmallDialer(
          settings.within(
              new StageLimits(
                  limits.connect(), StageLimits.GENEROUS.tls(), limits.answer(), limits.token())));
    }
  }

  @Breaks("d86")
  static class GivesUpWhereTheConnectionEnds extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.of(
          dialer,
          failure ->
              failure.getMessage().contains("closed within the answer")
                  ? new WebProxyRefusedException(failure.getMessage(), Retry.NEVER, 0)
                  : failure);
    }
  }

  @Breaks("d87")
  static class DoesNotNameTheLimit extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("64 KiB", "a lot"));
    }
  }

  @Breaks("d88")
  static class CountsNoInterimAnswers extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    InputStream received(InputStream honest) {
      return new WithoutInterimAnswers(honest);
    }
  }

  /** Passes over what comes from the first interim answer on. */
  private static final class WithoutInterimAnswers extends FilterInputStream {
    private boolean begun;

    WithoutInterimAnswers(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      while (count > 0 && (begun || isInterim(into, offset, count))) {
        begun = true;
        count = super.read(into, offset, length);
      }
      return count;
    }

    private static boolean isInterim(byte[] bytes, int offset, int count) {
      return new String(bytes, offset, count, StandardCharsets.ISO_8859_1).contains("Early Hints");
    }
  }

  @Breaks("d89")
  static class HidesTheReasonOfTheSystem extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(
          dialer, message -> message.replace("Connection refused", "no luck"));
    }
  }

  @Breaks("d90")
  static class DoesNotNameWhatDoesNotResolve extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message.replace("proxy.invalid", "it"));
    }
  }

  @Breaks({"d91", "d92"})
  static class TriesTheFirstAddressAlone extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return (proxy, service, observer) ->
          dialer.dial(
              new WebProxy(proxy.scheme(), first(proxy.address()), proxy.credentials()),
              service,
              observer);
    }
  }

  private static HostAndPort first(HostAndPort address) {
    try {
      return new HostAndPort(
          InetAddress.getByName(address.host()).getHostAddress(), address.port());
    } catch (UnknownHostException e) {
      return address;
    }
  }

  @Breaks({"d89", "d90", "d94"})
  static class TellsThePassword extends SpoiltDialer implements BrokenWebProxyRules {
    @Override
    WebProxyDialer spoil(WebProxyDialer dialer) {
      return FailingDialer.saying(dialer, message -> message + DialerBench.base64(bench().user()));
    }
  }
}
