package io.iottunnel.ports;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One WebSocket that is up. Thread-safe; no method blocks.
 *
 * <p>Frames arrive one at a time, each only when asked for by {@link #receive}: while nobody asks,
 * nothing is read, and TCP slows the service down.
 */
public interface TunnelSession {

  /**
   * How many bytes in front of a frame's position a sender leaves free for the transport's own use
   * (the longest header of a masked client frame, RFC 6455 section 5.2, is 14).
   */
  int HEADROOM = 16;

  /**
   * The largest frame that may be sent, in bytes of payload; a larger one that arrives ends the
   * session.
   */
  int MAX_FRAME = 131_076;

  /** The name that the service gave to this session, from the header {@code channel-id}. */
  Optional<String> channelId();

  /**
   * The subprotocol that the service chose, from {@code Sec-WebSocket-Protocol}; empty when it
   * chose none.
   */
  String subprotocol();

  /**
   * Sends one binary frame behind those sent before.
   *
   * @param frame its remaining bytes, at most {@link #MAX_FRAME}. It belongs to the transport until
   *     {@code sent} runs, which may write into the remaining bytes (masking) and into the {@link
   *     #HEADROOM} bytes before its position
   * @param sent runs once when the frame has been handed to the network, on any thread, possibly
   *     before this returns; it never runs when the session ends before
   */
  void send(ByteBuffer frame, Runnable sent);

  /**
   * Sends a ping.
   *
   * @param payload at most 125 bytes; copied
   */
  void ping(ByteBuffer payload);

  /** Asks for one more frame. To ask again before it has come changes nothing. */
  void receive();

  /**
   * Sends a close frame behind what was sent before, and ends when the service has answered it or
   * after 2 seconds.
   *
   * @param code as in RFC 6455 section 7.4
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);

  /** Cuts the connection, saying nothing. */
  void abort();
}
