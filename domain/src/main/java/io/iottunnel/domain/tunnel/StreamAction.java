package io.iottunnel.domain.tunnel;

/** What a transition of a stream does. */
enum StreamAction {
  /** Send STREAM_START with a new stream id, for the client. */
  START,
  /** Send CONNECTION_START with a new connection id, for the client. */
  JOIN,
  /** Close the client; the one before it is untouched. */
  REFUSE_CLIENT,
  /** Take over the peer's stream and connect to the application. */
  ADOPT,
  /** End the old stream's connections, then adopt the new stream. */
  REPLACE,
  /** Connect to the application once more. */
  CONNECT,
  /** Answer CONNECTION_RESET and end that connection. */
  REFUSE_CONNECTION,
  /** Hand the bytes to their connection. */
  DELIVER,
  /** End one connection. */
  END_CONNECTION,
  /** End all connections. */
  END_STREAM,
  /** Answer with a reset, unless the end of that connection was told already. */
  ANSWER_RESET,
  /** Reset that stream and reconnect: the peer is out of its mind. */
  RESET_AND_RECONNECT,
  /** Drop what came, visibly. */
  IGNORE,
  /** Nothing. */
  NOTHING
}
