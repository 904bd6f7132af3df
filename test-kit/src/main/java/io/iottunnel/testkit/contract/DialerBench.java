package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.Peer;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.contract.ByteStreamRules.Joined;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.FakeTokens;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The dialer under test with scripted web proxies around it. */
public final class DialerBench implements AutoCloseable {

  /** What tunnels are asked for: a name that resolves nowhere (RFC 6761). */
  static final HostAndPort SERVICE = new HostAndPort("service.invalid", 443);

  /** One for all tests: to make keys takes time. */
  private static final TestCa CA = TestCa.create();

  /** The certificate of {@link #playingOverTls}. */
  static final TestIdentity LOCALHOST = CA.leaf("localhost", "127.0.0.1", "::1");

  private final Function<DialerSettings, WebProxyDialer> dialers;
  private final Credentials user = Secrets.awkwardCredentials();
  private final FakeTokens tokens = new FakeTokens();
  private final Resources resources = new Resources();
  private Optional<WebProxyDialer> patient = Optional.empty();

  DialerBench(Function<DialerSettings, WebProxyDialer> dialers) {
    this.dialers = dialers;
  }

  /** A user whose password shows every mistake in encoding it. */
  Credentials user() {
    return user;
  }

  /** The authority that the dialer trusts. */
  TestCa ca() {
    return CA;
  }

  /** What dialers authenticate with by Negotiate. */
  FakeTokens tokens() {
    return tokens;
  }

  /** A web proxy that plays {@code script}. */
  ScriptedWebProxy playing(Script script) {
    return keep(ScriptedWebProxy.builder().script(script));
  }

  /** A web proxy that plays {@code script} over TLS, as {@code localhost} and by its address. */
  ScriptedWebProxy playingOverTls(Script script) {
    return keep(ScriptedWebProxy.builder().script(script).tls(LOCALHOST));
  }

  /** Starts a web proxy that ends with the test. */
  ScriptedWebProxy keep(ScriptedWebProxy.Builder builder) {
    return resources.closing(builder.start());
  }

  /** Dials with generous limits. */
  CompletableFuture<ByteStream> dial(WebProxy proxy) {
    return dial(proxy, SERVICE, DialObserver.NONE);
  }

  /** Dials with generous limits. */
  CompletableFuture<ByteStream> dial(WebProxy proxy, HostAndPort service, DialObserver observer) {
    WebProxyDialer dialer = patient.orElseGet(() -> dialers.apply(settings()));
    patient = Optional.of(dialer);
    return dialer.dial(proxy, service, observer);
  }

  /** Dials within {@code limits}. */
  CompletableFuture<ByteStream> dial(WebProxy proxy, StageLimits limits) {
    return dial(proxy, settings().within(limits));
  }

  /** Dials by a dialer that is made with {@code settings}. */
  CompletableFuture<ByteStream> dial(WebProxy proxy, DialerSettings settings) {
    return dialers.apply(settings).dial(proxy, SERVICE, DialObserver.NONE);
  }

  /** What dialers are made with where nothing else is said. */
  DialerSettings settings() {
    return new DialerSettings(CA.trustManager(), Optional.empty(), StageLimits.GENEROUS, tokens);
  }

  /** Opens a tunnel, which must succeed, and is its far end. */
  Joined open(ScriptedWebProxy proxy) {
    return open(proxy, proxy.url());
  }

  /** Opens a tunnel by {@code url}, which must succeed, and is its far end. */
  Joined open(ScriptedWebProxy proxy, WebProxy url) {
    return joined(proxy, dial(url));
  }

  /** The two ends of a tunnel that is being dialed and must succeed. */
  Joined joined(ScriptedWebProxy proxy, CompletableFuture<ByteStream> dialed) {
    ByteStream stream = Deadline.get(dialed, "the tunnel");
    resources.closing(stream::abort);
    Peer peer = resources.closing(proxy.tunnel());
    return new Joined(stream, peer);
  }

  /** Dials, which must fail with an exception of {@code type}. */
  <E extends LocalProxyException> E fail(WebProxy proxy, Class<E> type) {
    return failure(dial(proxy), type);
  }

  /** The failure of a dial, which must be one of {@code type}. */
  <E extends LocalProxyException> E failure(CompletableFuture<ByteStream> dialed, Class<E> type) {
    return assertInstanceOf(type, Deadline.failure(dialed, "the tunnel"));
  }

  /** Bytes arrive both ways: the tunnel is one. */
  static void proveTunnel(Joined joined) throws IOException {
    new PatientStream(joined.stream()).write(TestBytes.first(10));
    assertEquals(10, joined.peer().receive(10).length);
    joined.peer().send(TestBytes.first(10));
    assertEquals(10, new PatientStream(joined.stream()).read(10).length);
  }

  /** What Basic sends for {@code user} (RFC 7617 section 2). */
  static String base64(Credentials user) {
    byte[] pair = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(pair);
  }

  /** Closes {@code resource} at the end of the test. */
  <T extends AutoCloseable> T closing(T resource) {
    return resources.closing(resource);
  }

  @Override
  public void close() {
    resources.close();
  }
}
