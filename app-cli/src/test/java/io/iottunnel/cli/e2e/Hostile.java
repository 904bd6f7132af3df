package io.iottunnel.cli.e2e;

import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.TestIdentity;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A web proxy as nobody wishes to have it, and what becomes of a local proxy behind it.
 *
 * @param name what it does
 * @param script how it does it
 * @param identity what it shows where it speaks TLS
 * @param scheme what the user believes that it speaks
 * @param knownUser whether the URL has credentials
 * @param exitCode how it ends; empty where the tunnel opens
 * @param words what the user is told
 * @param connections how many connections it gets
 * @param requests how many requests it gets at most: none where TLS has failed
 */
record Hostile(
    String name,
    Script script,
    Optional<Function<TestCa, TestIdentity>> identity,
    Optional<WebProxy.Scheme> scheme,
    boolean knownUser,
    Optional<Integer> exitCode,
    List<String> words,
    int connections,
    int requests) {

  /** What is tried again is tried once more in these tests, and then given up. */
  static final int ATTEMPTS = 2;

  private static final int GAVE_UP = 8;

  /** A web proxy that plays {@code script}; what becomes of it is still to be said. */
  static Hostile that(String name, Script script) {
    return new Hostile(
        name, script, Optional.empty(), Optional.empty(), true, Optional.empty(), List.of(), 1, 1);
  }

  /** Speaks TLS and shows an identity. */
  Hostile showing(Function<TestCa, TestIdentity> shown) {
    return new Hostile(
        name,
        script,
        Optional.of(shown),
        scheme,
        knownUser,
        exitCode,
        words,
        connections,
        requests);
  }

  /** The user's URL begins like this, right or wrong. */
  Hostile believedToSpeak(WebProxy.Scheme believed) {
    return new Hostile(
        name,
        script,
        identity,
        Optional.of(believed),
        knownUser,
        exitCode,
        words,
        connections,
        requests);
  }

  /** The user's URL has no credentials. */
  Hostile withoutCredentials() {
    return new Hostile(
        name, script, identity, scheme, false, exitCode, words, connections, requests);
  }

  /** The tunnel opens in spite of all, after so many requests. */
  Hostile opensOver(int howManyConnections, int howManyRequests) {
    return ends(Optional.empty(), howManyConnections, howManyRequests);
  }

  /** It ends with {@code code} after a single attempt, and the user reads {@code said}. */
  Hostile endsAtOnceWith(int code, String... said) {
    return ends(Optional.of(code), 1, 1, said);
  }

  /** It is tried again for as long as is allowed, and the user reads {@code said}. */
  Hostile isTriedAgain(String... said) {
    return ends(Optional.of(GAVE_UP), ATTEMPTS, ATTEMPTS, said);
  }

  private Hostile ends(
      Optional<Integer> code, int howManyConnections, int howManyRequests, String... said) {
    return new Hostile(
        name,
        script,
        identity,
        scheme,
        knownUser,
        code,
        List.of(said),
        howManyConnections,
        howManyRequests);
  }

  /** Begins to be it. */
  ScriptedWebProxy start(Site site) {
    ScriptedWebProxy.Builder builder =
        ScriptedWebProxy.builder().script(script).route(site.service().toString(), site.emulator());
    identity.ifPresent(shown -> builder.tls(shown.apply(site.ca())));
    return site.keep(builder.start());
  }

  /** What the user puts into the variable. */
  WebProxy url(ScriptedWebProxy proxy, Site site) {
    WebProxy url = proxy.url("localhost");
    return new WebProxy(
        scheme.orElse(url.scheme()),
        url.address(),
        knownUser ? Optional.of(site.user()) : Optional.empty());
  }

  @Override
  public String toString() {
    return name;
  }
}
