package io.iottunnel.testkit.wire;

import java.util.Optional;

/** What a tunnel message says; the order is that of the numbers on the wire. */
public enum MessageType {
  UNKNOWN,
  DATA,
  STREAM_START,
  STREAM_RESET,
  SESSION_RESET,
  SERVICE_IDS,
  CONNECTION_START,
  CONNECTION_RESET;

  /** The type with this number on the wire, if there is one. */
  public static Optional<MessageType> of(int number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[number])
        : Optional.empty();
  }

  /** The number on the wire. */
  @SuppressWarnings("EnumOrdinal") // The constants stand in the order of their numbers.
  public int number() {
    return ordinal();
  }
}
