package io.iottunnel.ports;

/** How a session ended. */
public sealed interface SessionEnd {

  /** Calls the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One method for each kind of end. */
  interface Cases<R> {
    R closed(Closed end);

    R broken(Broken end);
  }

  /**
   * The service sent a close frame (or answered ours).
   *
   * @param code as in RFC 6455 section 7.4; 1005 where the frame had none
   * @param reason raw, not yet escaped for display; may be empty
   */
  record Closed(int code, String reason) implements SessionEnd {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.closed(this);
    }
  }

  /**
   * The connection broke, or the service broke the rules of WebSocket: text frames (closed with
   * 1003), frames over the limit (1009), reserved bits, masked frames (1002).
   *
   * @param reason what happened, for a log line
   */
  record Broken(String reason) implements SessionEnd {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broken(this);
    }
  }
}
