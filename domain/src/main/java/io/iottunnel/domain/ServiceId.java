package io.iottunnel.domain;

import java.util.regex.Pattern;

/**
 * The name under which a tunnel offers one application, such as {@code SSH1}.
 *
 * @param name the name as the tunnel gives it; empty for the one service of a tunnel that names
 *     none
 */
public record ServiceId(String name) implements Comparable<ServiceId> {

  /** The single service of a tunnel without service ids. */
  public static final ServiceId UNNAMED = new ServiceId("");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9:._-]{1,128}");

  /**
   * Reads a service id as users write it.
   *
   * @throws IllegalArgumentException saying what is wrong, without quoting {@code text}
   */
  public static ServiceId parse(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a service's name has 1 to 128 letters, digits, ':', '.', '_' and '-'");
    }
    return new ServiceId(text);
  }

  /** Whether this is {@link #UNNAMED}. */
  public boolean isUnnamed() {
    return name.isEmpty();
  }

  @Override
  public int compareTo(ServiceId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return isUnnamed() ? "(unnamed)" : name;
  }
}
