package io.iottunnel.engine.simulation;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.List;

/** What the machine means by a message, as the test kit writes it; payloads are copied. */
final class Wire implements Message.Cases<io.iottunnel.testkit.wire.Message> {

  private static final Wire WIRE = new Wire();

  private Wire() {}

  static io.iottunnel.testkit.wire.Message of(Message message) {
    return message.match(WIRE);
  }

  private static io.iottunnel.testkit.wire.Message of(
      MessageType type, ServiceId service, int stream, int connection) {
    return io.iottunnel.testkit.wire.Message.of(type, service.name(), stream, connection);
  }

  @Override
  public io.iottunnel.testkit.wire.Message data(Message.Data m) {
    ByteString payload = ByteString.copyFrom(m.payload().duplicate());
    return of(MessageType.DATA, m.service(), m.stream(), m.connection()).withPayload(payload);
  }

  @Override
  public io.iottunnel.testkit.wire.Message streamStart(Message.StreamStart m) {
    return of(MessageType.STREAM_START, m.service(), m.stream(), m.connection());
  }

  @Override
  public io.iottunnel.testkit.wire.Message connectionStart(Message.ConnectionStart m) {
    return of(MessageType.CONNECTION_START, m.service(), m.stream(), m.connection());
  }

  @Override
  public io.iottunnel.testkit.wire.Message streamReset(Message.StreamReset m) {
    return of(MessageType.STREAM_RESET, m.service(), m.stream(), 0);
  }

  @Override
  public io.iottunnel.testkit.wire.Message connectionReset(Message.ConnectionReset m) {
    return of(MessageType.CONNECTION_RESET, m.service(), m.stream(), m.connection());
  }

  @Override
  public io.iottunnel.testkit.wire.Message sessionReset(Message.SessionReset m) {
    return of(MessageType.SESSION_RESET, ServiceId.UNNAMED, 0, 0);
  }

  @Override
  public io.iottunnel.testkit.wire.Message serviceIds(Message.ServiceIds m) {
    List<String> names = m.services().stream().map(ServiceId::name).toList();
    return io.iottunnel.testkit.wire.Message.serviceIds(names);
  }

  @Override
  public io.iottunnel.testkit.wire.Message unknown(Message.Unknown m) {
    return of(MessageType.UNKNOWN, ServiceId.UNNAMED, 0, 0).withTypeNumber(m.type(), m.ignorable());
  }
}
