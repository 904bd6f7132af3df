package io.iottunnel.cli.e2e;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.secrets.Secrets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Where web proxies stand between devices and the emulated service, and who may pass there. */
final class Site implements AutoCloseable {

  private final ServiceEmulator service;
  private final Credentials user = Secrets.credentials();
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  Site(ServiceEmulator service) {
    this.service = service;
  }

  /** Who may pass, where that is a matter of a password. */
  Credentials user() {
    return user;
  }

  /** The authority that devices here trust. */
  TestCa ca() {
    return service.ca();
  }

  /** The service as devices call it. */
  HostAndPort service() {
    return service.address();
  }

  /** The service where it really is. */
  InetSocketAddress emulator() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), service.address().port());
  }

  /** Has every device here find this in its environment. */
  void tell(Map<String, String> variables) {
    environment.putAll(variables);
  }

  /** What devices here find in their environment. */
  Map<String, String> environment() {
    return environment;
  }

  /** Ends {@code part} with the site, those that came later first. */
  <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(part + " cannot be closed", e);
      }
    }
  }
}
