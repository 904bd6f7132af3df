package io.iottunnel.domain.tunnel;

/** What can happen to the stream of a service. */
enum StreamInput {
  /** A source of V3 accepted a client. */
  CLIENT,
  /** A source of V1 or V2, which serves one client at a time, accepted one. */
  LONE_CLIENT,
  /** STREAM_START came, with whatever id. */
  STREAM_START,
  /** CONNECTION_START came for the active stream, or while there is none. */
  CONNECTION_START,
  /** CONNECTION_START came for a connection that is open. */
  CONNECTION_START_OPEN,
  /** DATA came for a connection of the active stream. */
  DATA,
  /** DATA came for a connection that is not open, of the active stream or while there is none. */
  DATA_ASTRAY,
  /** CONNECTION_RESET came for the active stream, or while there is none. */
  CONNECTION_RESET,
  /** STREAM_RESET came for the active stream, or while there is none. */
  STREAM_RESET,
  /** DATA, a reset or CONNECTION_START came for another stream than the active one. */
  STALE,
  /** The one connection of a V1 or V2 stream is over. */
  LONE_CONNECTION_ENDED,
  /** SESSION_RESET came, or the session is lost. */
  ALL_ENDED
}
