package io.iottunnel.engine;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.LocalSockets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Is told what a tunnel does, as it happens. One observer writes the documented log lines, another
 * may count, a third may serve a status page.
 *
 * <p>Called on the tunnel's loop (dialing: on the dialer's threads), so it must neither block nor
 * throw. Every method does nothing unless overridden. Remote text arrives raw: whoever displays it
 * escapes it.
 */
public interface TunnelObserver extends DialObserver {

  /** Watches nothing. */
  TunnelObserver NONE = new TunnelObserver() {};

  /** The local proxy starts. */
  default void starting(Mode mode) {}

  /**
   * An attempt to connect begins. The hops follow as in {@link DialObserver}.
   *
   * @param via the web proxy that is used, if any
   */
  default void connecting(HostAndPort service, Optional<WebProxy> via) {}

  /** The service is reached, directly or through the web proxy; TLS comes next. */
  default void reached() {}

  /** TLS to the service is up; the upgrade comes next. */
  default void secured() {}

  /**
   * The WebSocket is up.
   *
   * @param channelId the service's name for the session, which its support asks for
   */
  default void sessionUp(HostAndPort service, Optional<String> channelId, String subprotocol) {}

  /** Pings are sent from now on, and frames are read. */
  default void pinging(Duration period) {}

  /**
   * The service has told its services and they fit.
   *
   * @param mapping each service with what it is mapped to here: an endpoint as text. Its port is 0
   *     while it is being chosen; {@link #listening} then tells it
   */
  default void mapped(Map<ServiceId, String> mapping) {}

  /**
   * A source accepts clients of {@code service} at {@code address} from now on. Once for each
   * listener.
   */
  default void listening(ServiceId service, LocalSockets.Address address) {}

  /** A destination reached the application of {@code service}. */
  default void applicationConnected(ServiceId service, LocalSockets.Address address) {}

  /**
   * An attempt to reach an application failed; {@code again} says when the next one is made, if
   * there is one.
   */
  default void applicationUnreachable(ServiceId service, String reason, Optional<Duration> again) {}

  /**
   * A source started a stream or connection for a client, or a destination accepted one of its
   * peer.
   */
  default void connectionOpened(ServiceId service, int stream, int connection) {}

  /** A connection is over: its local side is closed. */
  default void connectionEnded(ServiceId service, int stream, int connection, String reason) {}

  /** A client was turned away. */
  default void clientRefused(ServiceId service, String reason) {}

  /** Something that came was dropped, as the protocol asks. */
  default void ignored(String what) {}

  /** Something came that should not have, and was survived. */
  default void warned(String what) {}

  /** A message was received; its payload is valid during the call only. */
  default void received(Message message) {}

  /** A message is on its way; its payload is valid during the call only. */
  default void sent(Message message) {}

  /**
   * The session is over, or an attempt to connect failed; the next attempt is made after {@code
   * delay}.
   */
  default void reconnecting(String reason, Duration delay) {}

  /** The local proxy is over. Nothing is called after this. */
  default void ended(Outcome outcome) {}
}
