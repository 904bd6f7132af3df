package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A name that resolves to two loopback addresses. On many machines {@code localhost} does
 * (127.0.0.1 and ::1); elsewhere a hosts file can say so, either the system's or one that the
 * tests' JVM is given by {@code -Djdk.net.hosts.file=FILE}:
 *
 * <pre>
 * 127.0.0.1 localhost two-addresses.test
 * 127.0.0.2 two-addresses.test
 * </pre>
 *
 * @param name the name
 * @param first the address that is tried first
 * @param second the other one
 */
record TwoAddresses(String name, InetAddress first, InetAddress second) {

  private static final String[] CANDIDATES = {"localhost", "two-addresses.test"};

  /** Such a name, or a visible skip. */
  static TwoAddresses required() {
    for (String candidate : CANDIDATES) {
      Optional<TwoAddresses> found = lookUp(candidate);
      if (found.isPresent()) {
        return found.get();
      }
    }
    assumeTrue(
        false,
        "no name with two loopback addresses: neither 'localhost' nor 'two-addresses.test' has two"
            + " here (see -Djdk.net.hosts.file)");
    throw new AssertionError("not reached");
  }

  private static Optional<TwoAddresses> lookUp(String name) {
    try {
      InetAddress[] all = InetAddress.getAllByName(name);
      return all.length >= 2
          ? Optional.of(new TwoAddresses(name, all[0], all[1]))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
