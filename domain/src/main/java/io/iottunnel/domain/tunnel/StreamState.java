package io.iottunnel.domain.tunnel;

/** Whether a service has a stream. */
enum StreamState {
  /** No stream: before the first, and after one was reset. */
  NONE,
  /** A stream is active; a V3 stream stays so when its connections are gone. */
  ACTIVE
}
