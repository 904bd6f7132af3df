package io.iottunnel.domain.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the wire, short enough for a story; a 0 is an id that the message does not carry.
 */
final class Messages {

  static final ServiceId SSH = new ServiceId("SSH1");
  static final ServiceId WEB = new ServiceId("WEB");
  static final ServiceId NONE = ServiceId.UNNAMED;

  private Messages() {}

  static Message serviceIds(ServiceId... services) {
    return new Message.ServiceIds(List.of(services));
  }

  static Message streamStart(ServiceId service, int stream, int connection) {
    return new Message.StreamStart(service, stream, connection);
  }

  static Message connectionStart(ServiceId service, int stream, int connection) {
    return new Message.ConnectionStart(service, stream, connection);
  }

  static Message streamReset(ServiceId service, int stream) {
    return new Message.StreamReset(service, stream);
  }

  static Message connectionReset(ServiceId service, int stream, int connection) {
    return new Message.ConnectionReset(service, stream, connection);
  }

  static Message sessionReset() {
    return new Message.SessionReset();
  }

  static Message data(ServiceId service, int stream, int connection, String payload) {
    return new Message.Data(service, stream, connection, bytes(payload));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** As much of nothing in particular. */
  static ByteBuffer bulk(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    return ByteBuffer.wrap(bytes);
  }
}
