package io.iottunnel.ports;

import java.nio.ByteBuffer;

/**
 * Is told of what happens on a session, one call at a time, on any thread. Must neither block nor
 * throw; may call the session.
 *
 * <p>Pings of the service are answered by the transport, each exactly once, and reported by {@link
 * #alive} alone.
 */
public interface SessionListener {

  /** TLS to the service is up; the upgrade comes next. */
  void secured();

  /**
   * A binary frame, or a part of one: frame boundaries mean nothing, and a transport may hand over
   * parts as they come.
   *
   * @param payload the receiver's until it calls {@link TunnelSession#receive}; then the transport
   *     reuses it
   */
  void frame(ByteBuffer payload);

  /**
   * A pong, asked for or not. Comes also while no frame is asked for, if the transport happens to
   * read.
   *
   * @param payload valid during the call only
   */
  void pong(ByteBuffer payload);

  /** Something else arrived that proves the link alive, such as a ping. */
  void alive();

  /** The session is over; nothing is called after this. */
  void ended(SessionEnd end);
}
