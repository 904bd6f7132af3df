package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.testkit.Background;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.webproxy.ReceivedRequest;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a dialer must ask for, and how (RFC 9110 sections 7.2, 9.3.6 and 11.7). */
public interface ConnectRequestRules {

  /** The dialer under test. */
  DialerBench bench();

  /** The request line is {@code CONNECT host:port HTTP/1.1}, whatever the port. */
  @Test
  default void d01_theRequestIsConnectWithHostAndPort() {
    assertEquals("CONNECT service.invalid:443 HTTP/1.1", request(DialerBench.SERVICE).line());
    assertEquals(
        "CONNECT service.invalid:80 HTTP/1.1",
        request(new HostAndPort("service.invalid", 80)).line());
  }

  /** Host is sent, once, and names the same as the request line. Some web proxies demand it. */
  @Test
  default void d02_theHostHeaderIsAlwaysSent() {
    assertEquals(List.of("service.invalid:443"), request(DialerBench.SERVICE).values("Host"));
  }

  /** User-Agent is sent, once. Some web proxies refuse who sends none. */
  @Test
  default void d03_aUserAgentIsSent() {
    List<String> agents = request(DialerBench.SERVICE).values("User-Agent");
    assertEquals(1, agents.size());
    assertFalse(agents.get(0).isEmpty());
  }

  /** An IPv6 literal is bracketed in both places (RFC 3986 section 3.2.2). */
  @Test
  default void d04_anIpv6TargetIsBracketed() {
    ReceivedRequest request = request(new HostAndPort("2001:db8::1", 443));
    assertEquals("CONNECT [2001:db8::1]:443 HTTP/1.1", request.line());
    assertEquals(List.of("[2001:db8::1]:443"), request.values("Host"));
  }

  /**
   * A service whose name means nothing here is reached all the same. If this fails with an unknown
   * host: the service's name is resolved locally, which fails behind web proxies.
   */
  @Test
  default void d05_theNameOfTheServiceIsNotResolvedHere() throws IOException {
    DialerBench.proveTunnel(bench().open(bench().playing(Script.working())));
  }

  /**
   * Where the URL has credentials, the first request carries them by Basic: user and password as
   * UTF-8 (RFC 7617), nothing percent-encoded, and not a second time.
   */
  @Test
  default void d06_credentialsAreSentAtOnceByBasic() throws IOException {
    ScriptedWebProxy proxy = bench().playing(Script.basic(bench().user()));
    DialerBench.proveTunnel(bench().open(proxy, proxy.url(bench().user())));

    assertEquals(List.of("Basic " + DialerBench.base64(bench().user())), proxy.authorizations());
    assertEquals(1, proxy.requests().size());
  }

  /** An empty password is a password. */
  @Test
  default void d07_anEmptyPasswordIsSentToo() throws IOException {
    Credentials user = new Credentials("user", "");
    ScriptedWebProxy proxy = bench().playing(Script.basic(user));
    DialerBench.proveTunnel(bench().open(proxy, proxy.url(user)));
  }

  /** Where there are no credentials, none are sent. */
  @Test
  default void d08_withoutCredentialsNoneAreSent() {
    assertEquals(List.of(), request(DialerBench.SERVICE).values("Proxy-Authorization"));
  }

  /** The request has no body and announces none; behind it comes what the stream's owner writes. */
  @Test
  default void d09_nothingIsSentBehindTheRequest() throws IOException {
    ScriptedWebProxy proxy = bench().playing(Script.working());
    Joined joined = bench().open(proxy);
    new PatientStream(joined.stream()).write(TestBytes.first(100));

    assertArrayEquals(TestBytes.first(100), joined.peer().receive(100));
    assertEquals(List.of(), proxy.requests().get(0).values("Transfer-Encoding"));
  }

  /** The observer hears of each hop, once, in the order of things. */
  @Test
  default void d10_theObserverIsToldOfEachHopInOrder() {
    ScriptedWebProxy proxy = bench().playing(Script.working());
    HopRecorder observer = new HopRecorder();
    bench().joined(proxy, bench().dial(proxy.url("localhost"), DialerBench.SERVICE, observer));

    assertEquals(
        List.of("resolved 127.0.0.1", "connected", "connectSent", "connectAnswered 200"),
        observer.hops());
  }

  /** To dial takes no time of the caller's. */
  @Test
  default void d11_dialingDoesNotBlock() {
    ScriptedWebProxy proxy = bench().playing(Script.silent());
    CompletableFuture<Boolean> returned =
        Background.start(
            () -> {
              CompletableFuture<ByteStream> dialed = bench().dial(proxy.url());
              proxy.awaitConnections(1);
              return dialed.cancel(true);
            });
    assertTrue(Deadline.get(returned, "the return of dial"), "dialed before there was an answer");
  }

  /** Many dials at once do not meet each other. */
  @Test
  default void d12_dialsAreIndependent() throws IOException {
    ScriptedWebProxy proxy = bench().playing(Script.working());
    List<CompletableFuture<ByteStream>> dials = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      HostAndPort service = new HostAndPort("service-" + i + ".invalid", i);
      dials.add(bench().dial(proxy.url(), service, DialObserver.NONE));
    }
    for (CompletableFuture<ByteStream> dialed : dials) {
      ByteStream stream = Deadline.get(dialed, "one of many tunnels");
      bench().closing(stream::abort);
      new PatientStream(stream).write(TestBytes.first(10));
    }
    for (int i = 1; i <= 20; i++) {
      assertArrayEquals(
          TestBytes.first(10), bench().closing(proxy.tunnel()).receive(10), "tunnel " + i);
    }
    assertEquals(20, proxy.requests().stream().map(ReceivedRequest::line).distinct().count());
  }

  /** A web proxy may have an IPv6 address. Skipped where this machine has none. */
  @Test
  default void d13_anIpv6WebProxyIsReached() throws IOException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    ScriptedWebProxy.Builder onIpv6 =
        ScriptedWebProxy.builder()
            .address(new InetSocketAddress(InetAddress.getByAddress(loopback), 0));
    ScriptedWebProxy proxy;
    try {
      proxy = bench().keep(onIpv6);
    } catch (UncheckedIOException e) {
      throw new TestAbortedException("no IPv6 here: " + e.getMessage(), e);
    }
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("::1")));
  }

  private ReceivedRequest request(HostAndPort service) {
    ScriptedWebProxy proxy = bench().playing(Script.working());
    bench().joined(proxy, bench().dial(proxy.url(), service, DialObserver.NONE));
    assertEquals(1, proxy.requests().size(), "requests for one tunnel");
    return proxy.requests().get(0);
  }
}
