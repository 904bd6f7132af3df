package io.iottunnel.domain.tunnel;

/** What can happen to one connection. */
enum ConnectionInput {
  /** The application was reached. */
  CONNECTED,
  /** The application was not reached, and is not tried again. */
  CONNECT_FAILED,
  /** The local side sent bytes. */
  BYTES_READ,
  /** The local side finished sending, and the peer shall know at once. */
  END_OF_FILE,
  /** The local side finished sending, and an answer may be on its way (V3 source). */
  HALF_CLOSED,
  /** Reading from the local side broke. */
  READ_FAILED,
  /** Writing to the local side broke. */
  WRITE_FAILED,
  /** The peer sent bytes. */
  DATA_RECEIVED,
  /** The peer ended it: by a reset, or because the session is lost. */
  ENDED_BY_PEER,
  /** We end it: a repeated start, or the local proxy stops. */
  ENDED_BY_US,
  /** Nothing is undelivered any more. */
  ALL_DELIVERED,
  /** Nothing has arrived for the time that a half-closed connection lingers. */
  LINGER_OVER,
  /** It blocked the others and took nothing for too long. */
  STALLED,
  /** It has made no progress towards its end for too long. */
  TIMED_OUT
}
