package io.iottunnel.domain.webproxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, read from its literal (RFC 4291 section 2.2 for IPv6) and never from a name. An
 * IPv4 address that is written as IPv6 ({@code ::ffff:10.0.0.1}) is that IPv4 address, and a zone
 * ({@code fe80::1%eth0}) is dropped.
 */
final class IpAddress {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address that {@code literal}, without brackets, is; empty where it is something else. */
  static Optional<IpAddress> parse(String literal) {
    if (literal.indexOf(':') < 0) {
      return ipv4(literal).map(IpAddress::new);
    }
    int zone = literal.indexOf('%');
    return ipv6(zone < 0 ? literal : literal.substring(0, zone)).map(IpAddress::unmapped);
  }

  /** How many bits it has: 32 or 128. */
  int bits() {
    return bytes.length * Byte.SIZE;
  }

  /** Whether the first {@code prefix} bits are those of {@code network}, in the same IP version. */
  boolean isIn(IpAddress network, int prefix) {
    if (bytes.length != network.bytes.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((bytes[bit / Byte.SIZE] ^ network.bytes[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static IpAddress unmapped(byte[] ipv6) {
    boolean mapped = Arrays.equals(MAPPED, Arrays.copyOf(ipv6, MAPPED.length));
    return new IpAddress(mapped ? Arrays.copyOfRange(ipv6, MAPPED.length, IPV6_BYTES) : ipv6);
  }

  private static Optional<byte[]> ipv4(String literal) {
    if (!IPV4.matcher(literal).matches()) {
      return Optional.empty();
    }
    byte[] address = new byte[IPV4_BYTES];
    String[] octets = literal.split("\\.", -1);
    for (int i = 0; i < IPV4_BYTES; i++) {
      int octet = Integer.parseInt(octets[i]);
      if (octet > 255) {
        return Optional.empty();
      }
      address[i] = (byte) octet;
    }
    return Optional.of(address);
  }

  private static Optional<byte[]> ipv6(String literal) {
    int gap = literal.indexOf("::");
    if (gap < 0) {
      return groups(literal).filter(all -> all.length == IPV6_BYTES);
    }
    // A second "::" shows in the tail as a group that is empty.
    return groups(literal.substring(0, gap))
        .flatMap(
            head -> groups(literal.substring(gap + 2)).flatMap(tail -> aroundZeros(head, tail)));
  }

  private static Optional<byte[]> aroundZeros(byte[] head, byte[] tail) {
    if (head.length + tail.length > IPV6_BYTES - 2) {
      return Optional.empty();
    }
    byte[] address = Arrays.copyOf(head, IPV6_BYTES);
    System.arraycopy(tail, 0, address, IPV6_BYTES - tail.length, tail.length);
    return Optional.of(address);
  }

  /** The bytes of groups that are parted by colons; the last may be an IPv4 address. */
  private static Optional<byte[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    List<String> groups = new ArrayList<>(List.of(text.split(":", -1)));
    byte[] ipv4 = {};
    if (text.indexOf('.') >= 0) {
      ipv4 = ipv4(groups.remove(groups.size() - 1)).orElse(ipv4);
      if (ipv4.length == 0) {
        return Optional.empty();
      }
    }
    int length = groups.size() * 2 + ipv4.length;
    if (length > IPV6_BYTES || !groups.stream().allMatch(g -> GROUP.matcher(g).matches())) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < groups.size(); i++) {
      int group = Integer.parseInt(groups.get(i), 16);
      bytes[2 * i] = (byte) (group >> Byte.SIZE);
      bytes[2 * i + 1] = (byte) group;
    }
    System.arraycopy(ipv4, 0, bytes, length - ipv4.length, ipv4.length);
    return Optional.of(bytes);
  }
}
