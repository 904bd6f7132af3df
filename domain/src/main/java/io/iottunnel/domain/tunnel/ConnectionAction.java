package io.iottunnel.domain.tunnel;

/** What a transition of a connection does. */
enum ConnectionAction {
  /** Begin to read from the local side. */
  READ,
  /** Send the bytes just read. */
  SEND,
  /** Deliver the bytes just received. */
  WRITE,
  /** Start the linger time anew. */
  LINGER,
  /** Send the peer the reset of the stream's dialect. */
  RESET_PEER,
  /**
   * Read what the local side still says, and drop it: one that cannot get rid of its answer may
   * never take the last bytes.
   */
  DISCARD,
  /** Shut down output, then wait for the local side to finish. */
  FINISH,
  /** Close the local side in order. */
  CLOSE,
  /** Close the local side at once. */
  ABORT,
  /** Drop what came, visibly. */
  IGNORE
}
