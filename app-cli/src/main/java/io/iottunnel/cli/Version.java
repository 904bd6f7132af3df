package io.iottunnel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which version of the local proxy this is. The build writes it into a resource. */
final class Version {

  private Version() {}

  /** As scripts look for it. */
  static String line() {
    return "Running AWS IoT Secure Tunneling Local Proxy version: " + text();
  }

  /** What we introduce ourselves with to web proxies and the service. */
  static String userAgent() {
    return "localproxy/" + text();
  }

  /** Such as {@code 1.2.3}. */
  static String text() {
    return resource("version");
  }

  /** When it was made, as {@code 2026-11-22}. */
  static String date() {
    return resource("timestamp").substring(0, "2026-11-22".length());
  }

  private static String resource(String name) {
    try (InputStream in = Version.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build has left the " + name + " out");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
