package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.UnusedPort;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is no web proxy, or none that works: silence, breaks, floods, and mistaken schemes. */
public interface BrokenWebProxyRules {

  /** More than any web proxy's header needs, and more than a device should keep. */
  int FLOOD = 2 * 1024 * 1024;

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** What answers, but not by HTTP: 60 bytes of it are shown, and it is asked what it is. */
  @Test
  default void d80_whatIsNotHttpIsShown() {
    String banner = "SSH-2.0-OpenSSH_9.6p1 \u001b[31m" + "x".repeat(500) + "\r\n";
    ScriptedWebProxy proxy = bench().playing(Script.greeting(banner));
    WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);

    assertEquals(0, failure.status());
    assertEquals(Retry.WITH_BACKOFF, failure.retry());
    Messages.name(failure, "SSH-2.0-OpenSSH_9.6p1", "web proxy", proxy.url().address().toString());
    assertFalse(
        String.valueOf(failure.getMessage()).contains("x".repeat(60)),
        "more than 60 bytes are shown");
    assertFalse(String.valueOf(failure.getMessage()).contains("\u001b"), "not escaped");
  }

  /** {@code https://} to a port that speaks plain HTTP: its answer proves it, so it is final. */
  @Test
  default void d81_aPlainWebProxyReachedByHttpsIsToldSo() {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playing(Script.working());
    WebProxyRefusedException failure = bench().fail(https(proxy), WebProxyRefusedException.class);

    assertNotEquals(Retry.WITH_BACKOFF, failure.retry(), "bytes have proved it");
    Messages.name(failure, "plain HTTP", "http://");
  }

  /** {@code http://} to a port that speaks TLS: its alert proves it, so it is final. */
  @Test
  default void d82_aTlsWebProxyReachedByHttpIsToldSo() {
    ScriptedWebProxy proxy = bench().playingOverTls(Script.working());
    WebProxyRefusedException failure =
        bench()
            .fail(
                new WebProxy(WebProxy.Scheme.HTTP, proxy.url().address(), Optional.empty()),
                WebProxyRefusedException.class);

    assertNotEquals(Retry.WITH_BACKOFF, failure.retry(), "bytes have proved it");
    Messages.name(failure, "TLS", "https://");
  }

  /** Silence ends at the limit. Where the scheme may be mistaken, the other one is named. */
  @Test
  default void d83_silenceEndsAtTheLimit() {
    ScriptedWebProxy proxy = bench().playing(Script.silent());
    UnreachableException failure =
        bench()
            .failure(
                bench().dial(proxy.url(), StageLimits.shortAnswer()), UnreachableException.class);

    Messages.name(failure, proxy.url().address().toString(), "https://");
    proxy.awaitIdle();
  }

  /** Silence in the TLS handshake does, too. */
  @Test
  default void d84_silenceInTlsEndsAtTheLimit() {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playing(Script.silent());
    UnreachableException failure =
        bench()
            .failure(
                bench().dial(https(proxy), StageLimits.shortAnswer()), UnreachableException.class);

    Messages.name(failure, proxy.url().address().toString(), "http://");
    proxy.awaitIdle();
  }

  /** A dialer that waits for the rest of an answer that stopped half-way does not wait for ever. */
  @Test
  default void d85_silenceWithinTheAnswerEndsAtTheLimit() {
    ScriptedWebProxy proxy = bench().playing(Script.refusing("HTTP/1.1 200 OK\r\nVia: 1"));

    bench()
        .failure(bench().dial(proxy.url(), StageLimits.shortAnswer()), UnreachableException.class);
    proxy.awaitIdle();
  }

  /**
   * An answer that comes a byte at a time and never ends, ends at the limit, too. If this fails:
   * the limit is for one read, and not for the whole answer.
   */
  @Test
  default void d97_anAnswerThatTricklesEndsAtTheLimit() {
    String endless = "HTTP/1.1 200 OK\r\n" + "X-Filler: x\r\n".repeat(4_000);
    ScriptedWebProxy proxy =
        bench()
            .playing(
                client -> {
                  client.request();
                  client.drip(endless);
                  client.awaitEnd();
                });

    bench()
        .failure(bench().dial(proxy.url(), StageLimits.shortAnswer()), UnreachableException.class);
    proxy.awaitIdle();
  }

  /** Closed at once, after the request, within the answer, or reset: retried, and told where. */
  @Test
  default void d86_aConnectionThatEndsIsRetried() {
    for (Script script :
        new Script[] {
          Script.closing(),
          Script.closingAfterTheRequest(),
          Script.refusingAndClosing("HTTP/1.1 200 Conn"),
          Script.refusingAndClosing("HTTP/1.1 100 Continue\r\n\r\n"),
          Script.resetting()
        }) {
      ScriptedWebProxy proxy = bench().playing(script);
      UnreachableException failure = bench().fail(proxy.url(), UnreachableException.class);
      Messages.name(failure, proxy.url().address().toString());
    }
  }

  /** Two megabytes of header fields are not kept: the limit of 64 KiB is named. */
  @Test
  default void d87_headersWithoutEndAreRefused() {
    ScriptedWebProxy proxy = bench().playing(Script.floodingHeaders(FLOOD));
    WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);

    Messages.name(failure, "64 KiB");
    proxy.awaitIdle();
  }

  /** Nor are two megabytes of interim answers. */
  @Test
  default void d88_interimAnswersWithoutEndAreRefused() {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: " + "x".repeat(1000) + "\r\n\r\n";
    ScriptedWebProxy proxy =
        bench().playing(Script.refusing(interim.repeat(FLOOD / interim.length())));

    bench().fail(proxy.url(), WebProxyRefusedException.class);
    proxy.awaitIdle();
  }

  /** Where nobody listens, the address and the system's reason are named. */
  @Test
  default void d89_aRefusedConnectionIsTold() {
    try (UnusedPort unused = UnusedPort.keep()) {
      HostAndPort nobody = new HostAndPort("127.0.0.1", unused.number());
      UnreachableException failure =
          bench()
              .fail(
                  new WebProxy(WebProxy.Scheme.HTTP, nobody, Optional.of(bench().user())),
                  UnreachableException.class);

      Messages.name(failure, nobody.toString(), "refused");
      Messages.conceal(failure);
    }
  }

  /** A web proxy whose name does not resolve is named (RFC 6761: none below invalid does). */
  @Test
  default void d90_aNameThatDoesNotResolveIsTold() {
    UnreachableException failure =
        bench()
            .fail(
                new WebProxy(
                    WebProxy.Scheme.HTTP,
                    new HostAndPort("proxy.invalid", 3128),
                    Optional.of(bench().user())),
                UnreachableException.class);

    Messages.name(failure, "proxy.invalid");
    Messages.conceal(failure);
  }

  /** Where the first address of a web proxy refuses, the others are tried. */
  @Test
  default void d91_everyAddressIsTried() throws IOException {
    TwoAddresses name = TwoAddresses.required();
    ScriptedWebProxy proxy =
        bench().keep(ScriptedWebProxy.builder().address(new InetSocketAddress(name.second(), 0)));
    HopRecorder observer = new HopRecorder();
    DialerBench.proveTunnel(
        bench().joined(proxy, bench().dial(proxy.url(name.name()), DialerBench.SERVICE, observer)));

    assertEquals("resolved " + name.first().getHostAddress(), observer.hops().get(0));
    assertEquals("resolved " + name.second().getHostAddress(), observer.hops().get(1));
  }

  /** Where the first address does not answer at all, the second one gets its turn in time. */
  @Test
  default void d92_aDeadAddressCostsABoundedTime() throws IOException {
    TwoAddresses name = TwoAddresses.required();
    try (DeadAddress dead = DeadAddress.required(name.first())) {
      ScriptedWebProxy proxy =
          bench()
              .keep(
                  ScriptedWebProxy.builder()
                      .address(new InetSocketAddress(name.second(), dead.port())));
      DialerBench.proveTunnel(
          bench().joined(proxy, bench().dial(proxy.url(name.name()), StageLimits.shortConnect())));
    }
  }

  /** Cancelling closes what was opened, at whatever stage. */
  @Test
  default void d93_cancellingClosesTheConnection() {
    ScriptedWebProxy proxy = bench().playing(Script.silent());
    CompletableFuture<ByteStream> dialed = bench().dial(proxy.url());
    proxy.awaitConnections(1);
    dialed.cancel(true);

    proxy.awaitIdle();
  }

  /** No failure of this kind tells a secret. */
  @Test
  default void d94_noSecretIsTold() {
    String echo = "Basic " + DialerBench.base64(bench().user()) + "\r\n";
    for (Script script : new Script[] {Script.closingAfterTheRequest(), Script.greeting(echo)}) {
      ScriptedWebProxy proxy = bench().playing(script);
      Messages.conceal(bench().fail(proxy.url(bench().user()), LocalProxyException.class));
    }
  }

  private static WebProxy https(ScriptedWebProxy proxy) {
    return new WebProxy(WebProxy.Scheme.HTTPS, proxy.url().address(), Optional.empty());
  }
}
