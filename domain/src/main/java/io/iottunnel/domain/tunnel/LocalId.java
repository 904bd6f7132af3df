package io.iottunnel.domain.tunnel;

/**
 * The local side of one connection: a client of a source, or the way to an application of a
 * destination.
 */
public record LocalId(long number) {

  @Override
  public String toString() {
    return "local" + number;
  }
}
