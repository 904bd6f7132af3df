package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;

/**
 * A fact that a tunnel is told: what the user, the service, a local socket or the clock did.
 *
 * <p>Events about a session concern the current one; the engine drops what a session says after it
 * was abandoned.
 */
public sealed interface Event {

  /** Calls the one case that applies; a new record breaks every interpreter at compile time. */
  <R> R match(Cases<R> cases);

  /** One method for each kind of event. */
  interface Cases<R> {
    R connectDue(ConnectDue event);

    R stopRequested(StopRequested event);

    R reconnectRequested(ReconnectRequested event);

    R tick(Tick event);

    R sessionUp(SessionUp event);

    R connectFailed(ConnectFailed event);

    R sessionClosed(SessionClosed event);

    R sessionBroken(SessionBroken event);

    R messageReceived(MessageReceived event);

    R nonsenseReceived(NonsenseReceived event);

    R frameRead(FrameRead event);

    R pongReceived(PongReceived event);

    R sessionAlive(SessionAlive event);

    R listenFailed(ListenFailed event);

    R clientAccepted(ClientAccepted event);

    R localConnected(LocalConnected event);

    R localConnectFailed(LocalConnectFailed event);

    R localReadable(LocalReadable event);

    R localRead(LocalRead event);

    R localIdle(LocalIdle event);

    R localEnded(LocalEnded event);

    R localReadFailed(LocalReadFailed event);

    R localWriteFailed(LocalWriteFailed event);

    R localDelivered(LocalDelivered event);

    R dataSent(DataSent event);
  }

  /**
   * It is time to connect: at the start, and when the delay of a {@link Effect.Reconnect} is over.
   */
  record ConnectDue() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectDue(this);
    }
  }

  /** The user wants the local proxy to end. */
  record StopRequested() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopRequested(this);
    }
  }

  /** The user wants a new session, at once. */
  record ReconnectRequested() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reconnectRequested(this);
    }
  }

  /** A deadline may have passed; see {@link TunnelMachine#nextDeadline}. */
  record Tick() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tick(this);
    }
  }

  /**
   * The WebSocket is up.
   *
   * @param subprotocol what the service chose
   */
  record SessionUp(String subprotocol) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionUp(this);
    }
  }

  /** The attempt to connect failed, at whatever hop. */
  record ConnectFailed(LocalProxyException reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectFailed(this);
    }
  }

  /**
   * The service closed the WebSocket.
   *
   * @param code as in RFC 6455 section 7.4
   * @param reason the service's words, raw
   */
  record SessionClosed(int code, String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionClosed(this);
    }
  }

  /** The WebSocket broke, or the service broke its rules. */
  record SessionBroken(String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionBroken(this);
    }
  }

  /** A message arrived. A payload is valid until the effects of this event have run. */
  record MessageReceived(Message message) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.messageReceived(this);
    }
  }

  /** Bytes arrived that are no message. */
  record NonsenseReceived(String detail) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nonsenseReceived(this);
    }
  }

  /**
   * All messages of a frame have been told; the next frame comes when {@link Effect.ReceiveFrame}
   * asks for it.
   */
  record FrameRead() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.frameRead(this);
    }
  }

  /**
   * A pong arrived.
   *
   * @param number the ping's number, or any other for a pong to nothing of ours
   */
  record PongReceived(long number) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pongReceived(this);
    }
  }

  /** Something else arrived that proves the link alive. */
  record SessionAlive() implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionAlive(this);
    }
  }

  /** The listener of a service could not be opened, as {@link Effect.Listen} asked. */
  record ListenFailed(ServiceId service, LocalProxyException reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.listenFailed(this);
    }
  }

  /** A client connected to the listener of a service. */
  record ClientAccepted(LocalId local, ServiceId service) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.clientAccepted(this);
    }
  }

  /** The application was reached. */
  record LocalConnected(LocalId local) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localConnected(this);
    }
  }

  /** The application was not reached, at any of its addresses. */
  record LocalConnectFailed(LocalId local, String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localConnectFailed(this);
    }
  }

  /** There is something to read, as {@link Effect.AwaitReadable} asked. */
  record LocalReadable(LocalId local) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localReadable(this);
    }
  }

  /**
   * Bytes were read, as {@link Effect.ReadLocal} asked.
   *
   * @param payload at most {@link Message#MAX_PAYLOAD} bytes, which go out with {@link
   *     Effect.SendData} or nowhere
   * @param more whether the read was a full one, so that more is likely to be there
   */
  record LocalRead(LocalId local, ByteBuffer payload, boolean more) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localRead(this);
    }
  }

  /** There was nothing to read after all. */
  record LocalIdle(LocalId local) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localIdle(this);
    }
  }

  /** The local side has finished sending. */
  record LocalEnded(LocalId local) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localEnded(this);
    }
  }

  /** Reading broke; nothing more can be read. */
  record LocalReadFailed(LocalId local, String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localReadFailed(this);
    }
  }

  /** Writing broke; nothing more can be delivered, though there may be more to read. */
  record LocalWriteFailed(LocalId local, String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localWriteFailed(this);
    }
  }

  /** The local side took bytes of earlier {@link Effect.WriteLocal}s. */
  record LocalDelivered(LocalId local, int bytes) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.localDelivered(this);
    }
  }

  /** The message of an {@link Effect.SendData} left for the network. */
  record DataSent(LocalId local, int bytes) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dataSent(this);
    }
  }
}
