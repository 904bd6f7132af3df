package io.iottunnel.domain.webproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.HostAndPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NoProxyPropertyTest {

  @Property
  void aNetworkCoversTheAddressesThatShareItsPrefix(
      @ForAll @Size(4) byte[] network,
      @ForAll @Size(4) byte[] other,
      @ForAll @IntRange(max = 32) int prefix)
      throws UnknownHostException {
    assertEquals(
        share(network, other, prefix), covers(literal(network) + "/" + prefix, literal(other)));
  }

  @Property
  void theSameHoldsForIpv6(
      @ForAll @Size(16) byte[] network,
      @ForAll @IntRange(max = 128) int flipped,
      @ForAll @IntRange(max = 128) int prefix)
      throws UnknownHostException {
    byte[] other = flipped == 128 ? network : flip(network, flipped);

    assertEquals(
        share(network, other, prefix), covers(literal(network) + "/" + prefix, literal(other)));
  }

  @Property(tries = 3000)
  void anyListIsReadAndEachEntryCountedOnce(@ForAll("lists") String list) {
    NoProxy read = NoProxy.parse(list, "no_proxy");

    assertTrue(read.unreadable().stream().allMatch(text -> text.lines().count() == 1));
    read.exemptionOf(new HostAndPort("data.example.com", 443))
        .ifPresent(exemption -> assertTrue(list.contains(exemption.entry())));
  }

  @Provide
  Arbitrary<String> lists() {
    return Arbitraries.of(
            "*",
            ".",
            ",",
            " ",
            ":",
            "::",
            "/",
            "8",
            "443",
            "[",
            "]",
            "example",
            "com",
            "10.0.0.1",
            "%",
            "\u0000",
            "ffff",
            "-")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  private static boolean covers(String entry, String host) {
    return NoProxy.parse(entry, "no_proxy").exemptionOf(new HostAndPort(host, 443)).isPresent();
  }

  /** The JDK's spelling, which is not ours. */
  private static String literal(byte[] address) throws UnknownHostException {
    return InetAddress.getByAddress(address).getHostAddress();
  }

  private static boolean share(byte[] one, byte[] other, int prefix) {
    int bits = one.length * Byte.SIZE;
    return new BigInteger(1, one)
        .xor(new BigInteger(1, other))
        .shiftRight(bits - prefix)
        .equals(BigInteger.ZERO);
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / Byte.SIZE] ^= (byte) (0x80 >> bit % Byte.SIZE);
    return flipped;
  }
}
