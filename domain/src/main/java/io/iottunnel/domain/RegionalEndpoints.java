package io.iottunnel.domain;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the tunneling service of each AWS region is.
 *
 * @param format the host's name, with {@code %s} in place of the region. In the usual one, regions
 *     of China ({@code cn-*}) get the suffix of their partition
 * @param overrides the regions whose service is elsewhere
 */
public record RegionalEndpoints(String format, Map<String, HostAndPort> overrides) {

  private static final String PLACE = "%s";
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  /** As AWS has them. */
  public static final RegionalEndpoints USUAL =
      new RegionalEndpoints("data.tunneling.iot.%s.amazonaws.com", Map.of());

  public RegionalEndpoints {
    if (!isFormat(format)) {
      throw new IllegalArgumentException("a host's name with one %s is expected: " + format);
    }
    overrides = Map.copyOf(overrides);
  }

  /** Whether {@code text} is the name of a host once a region stands in place of its one %s. */
  public static boolean isFormat(String text) {
    int place = text.indexOf(PLACE);
    if (place < 0) {
      return false;
    }
    try {
      return Authority.parse(hostOf(text, "eu-west-1")).port().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The service of a region.
   *
   * @param region such as {@code eu-west-1}
   * @param origin where the value came from, for the error
   * @throws ConfigurationException if this cannot be a region
   */
  public HostAndPort of(String region, String origin) {
    if (!REGION.matcher(region).matches()) {
      throw new ConfigurationException(
          "%s: '%s' is not a region. A region has lower-case letters, digits and hyphens, as eu-west-1."
              .formatted(origin, Printable.of(region, 80)));
    }
    HostAndPort override = overrides.get(region);
    if (override != null) {
      return override;
    }
    boolean inChina = region.startsWith("cn-") && format.equals(USUAL.format);
    return new HostAndPort(hostOf(format, region) + (inChina ? ".cn" : ""), ProxyEndpoint.PORT);
  }

  /** In the first place alone; a second one is no part of a name. */
  private static String hostOf(String format, String region) {
    int place = format.indexOf(PLACE);
    return format.substring(0, place) + region + format.substring(place + PLACE.length());
  }
}
