package io.iottunnel.domain.tunnel;

import java.util.function.Consumer;

/**
 * Where each message goes. Before SERVICE_IDS nothing but SERVICE_IDS goes anywhere, and nothing
 * new starts once the end has begun.
 */
final class MessageRouter implements Message.Cases<Void> {

  private final SessionLife session;
  private final Streams streams;
  private final Consumer<Effect> out;

  MessageRouter(SessionLife session, Streams streams, Consumer<Effect> out) {
    this.session = session;
    this.streams = streams;
    this.out = out;
  }

  @Override
  public Void serviceIds(Message.ServiceIds message) {
    session.told(message.services());
    return null;
  }

  @Override
  public Void data(Message.Data message) {
    if (isGreeted("DATA")) {
      streams.data(message);
    }
    return null;
  }

  @Override
  public Void streamStart(Message.StreamStart message) {
    if (mayStart("STREAM_START") && !streams.streamStart(message)) {
      session.protocolBroken("the service sent a source STREAM_START");
    }
    return null;
  }

  @Override
  public Void connectionStart(Message.ConnectionStart message) {
    if (mayStart("CONNECTION_START") && !streams.connectionStart(message)) {
      session.protocolBroken("the service sent a source CONNECTION_START");
    }
    return null;
  }

  @Override
  public Void streamReset(Message.StreamReset message) {
    if (isGreeted("STREAM_RESET")) {
      streams.streamReset(message);
    }
    return null;
  }

  @Override
  public Void connectionReset(Message.ConnectionReset message) {
    if (isGreeted("CONNECTION_RESET")) {
      streams.connectionReset(message);
    }
    return null;
  }

  @Override
  public Void sessionReset(Message.SessionReset message) {
    streams.sessionReset("the service reset the session");
    return null;
  }

  @Override
  public Void unknown(Message.Unknown message) {
    if (message.ignorable()) {
      out.accept(new Effect.Ignored("a message of the unknown type " + message.type()));
    } else {
      session.protocolBroken("the service sent a message of the unknown type " + message.type());
    }
    return null;
  }

  private boolean mayStart(String type) {
    if (session.isEnding()) {
      out.accept(new Effect.Ignored(type + " while stopping"));
    }
    return !session.isEnding() && isGreeted(type);
  }

  private boolean isGreeted(String type) {
    if (!session.isGreeted()) {
      out.accept(new Effect.Ignored(type + " before SERVICE_IDS"));
    }
    return session.isGreeted();
  }
}
