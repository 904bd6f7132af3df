package io.iottunnel.domain.tunnel;

/** Where one connection of a stream stands, seen from its local side. */
enum ConnectionState {
  /** A destination is reaching for the application; what arrives is kept in order. */
  CONNECTING,
  /** Bytes flow both ways. */
  OPEN,
  /** The local side takes no more, though it may still have something to say. */
  READ_ONLY,
  /** The client of a V3 source has finished sending; the rest of its answer is still delivered. */
  LINGERING,
  /** Over for the peer before the application was reached, which is still owed what arrived. */
  OWING,
  /** Over for the peer; what arrived before is still being delivered. */
  DRAINING,
  /** Everything is delivered, output is shut down; waiting for the local side to finish. */
  FINISHING,
  /** Over. */
  CLOSED
}
