package io.iottunnel.domain;

/**
 * The name under which a tunnel offers one application, such as {@code SSH1}.
 *
 * @param name the name as the tunnel gives it; empty for the one service of a tunnel that names
 *     none
 */
public record ServiceId(String name) implements Comparable<ServiceId> {

  /** The single service of a tunnel without service ids. */
  public static final ServiceId UNNAMED = new ServiceId("");

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
