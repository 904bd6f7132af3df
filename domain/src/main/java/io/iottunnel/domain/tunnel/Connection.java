package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;

/** One connection of a stream, with its local side. Changed by {@link Connections} alone. */
final class Connection {
  final LocalId local;
  final Service service;
  final Dialect dialect;
  final int stream;

  /** Its id in the stream; 1 for the only connection of a V1 or V2 stream. */
  final int number;

  /** Where the application is; at a source, where the client was accepted. */
  final Endpoint endpoint;

  ConnectionState state;

  /** Bytes handed to the local side that it has not taken yet. */
  long undelivered;

  /** When the local side last took something, or had nothing left to take. */
  long progressAt;

  /** Attempts to reach the application that have failed. */
  int failedAttempts;

  /** Why it ends, once it does. */
  String endReason = "";

  /** Whether the last read was a full one, so that reading on is worth a try. */
  boolean moreToRead;

  Connection(
      LocalId local,
      Service service,
      int stream,
      int number,
      Dialect dialect,
      ConnectionState state) {
    this.local = local;
    this.service = service;
    this.endpoint = service.endpoint;
    this.stream = stream;
    this.number = number;
    this.dialect = dialect;
    this.state = state;
  }

  /** Whether bytes of the local side are still wanted. */
  boolean reads() {
    return state == ConnectionState.OPEN || state == ConnectionState.READ_ONLY;
  }

  /** Whether bytes of the local side are read only to be dropped. */
  boolean discards() {
    return state == ConnectionState.DRAINING;
  }

  /** Whether it is one of its stream: one that is over for the peer is not. */
  boolean isOfItsStream() {
    return isActive() || state == ConnectionState.LINGERING;
  }

  /** Whether it counts in the limit of active connections. */
  boolean isActive() {
    return state == ConnectionState.CONNECTING || reads();
  }
}
