package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One message of the tunnel protocol, as both ends and the service exchange it.
 *
 * <p>A stream or connection id of 0 is one that the message does not carry; {@link
 * ServiceId#UNNAMED} likewise.
 */
public sealed interface Message {

  /** The most payload that one DATA message carries, in bytes. */
  int MAX_PAYLOAD = 64_512;

  /** Calls the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One method for each type of message. */
  interface Cases<R> {
    R data(Data message);

    R streamStart(StreamStart message);

    R connectionStart(ConnectionStart message);

    R streamReset(StreamReset message);

    R connectionReset(ConnectionReset message);

    R sessionReset(SessionReset message);

    R serviceIds(ServiceIds message);

    R unknown(Unknown message);
  }

  /**
   * Bytes of one connection.
   *
   * @param payload its remaining bytes, not copied: see the event or effect that carries the
   *     message for how long they are valid
   */
  record Data(ServiceId service, int stream, int connection, ByteBuffer payload)
      implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.data(this);
    }
  }

  /** A source starts a stream, and with it the stream's first connection. */
  record StreamStart(ServiceId service, int stream, int connection) implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.streamStart(this);
    }
  }

  /** A source starts a further connection of a stream (V3). */
  record ConnectionStart(ServiceId service, int stream, int connection) implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectionStart(this);
    }
  }

  /** Ends a stream and all its connections. */
  record StreamReset(ServiceId service, int stream) implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.streamReset(this);
    }
  }

  /** Ends one connection of a stream (V3). */
  record ConnectionReset(ServiceId service, int stream, int connection) implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectionReset(this);
    }
  }

  /** The service ends every stream; the session goes on. */
  record SessionReset() implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionReset(this);
    }
  }

  /** The services that the tunnel has; the service sends it first on every session. */
  record ServiceIds(List<ServiceId> services) implements Message {
    public ServiceIds {
      services = List.copyOf(services);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.serviceIds(this);
    }
  }

  /**
   * A type that this build does not know.
   *
   * @param ignorable whether the sender allows it to be skipped
   */
  record Unknown(int type, boolean ignorable) implements Message {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unknown(this);
    }
  }
}
