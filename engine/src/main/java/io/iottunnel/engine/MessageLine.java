package io.iottunnel.engine;

import io.iottunnel.domain.Printable;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import java.util.Locale;
import java.util.stream.Collectors;

/** One message in one aligned line: whose it is, its type, its size. Never its payload. */
final class MessageLine implements Message.Cases<String> {

  static final MessageLine FORMAT = new MessageLine();

  private MessageLine() {}

  /** {@code SSH1/7#2}: service, stream and connection, without the ids that are not there. */
  static String connection(ServiceId service, int stream, int connection) {
    return Printable.of(service.toString(), 128)
        + "/"
        + Integer.toUnsignedString(stream)
        + (connection == 0 ? "" : "#" + Integer.toUnsignedString(connection));
  }

  @Override
  public String data(Message.Data message) {
    return line(
        connection(message.service(), message.stream(), message.connection()),
        "DATA " + message.payload().remaining() + " B");
  }

  @Override
  public String streamStart(Message.StreamStart message) {
    return line(
        connection(message.service(), message.stream(), message.connection()), "STREAM_START");
  }

  @Override
  public String connectionStart(Message.ConnectionStart message) {
    return line(
        connection(message.service(), message.stream(), message.connection()), "CONNECTION_START");
  }

  @Override
  public String streamReset(Message.StreamReset message) {
    return line(connection(message.service(), message.stream(), 0), "STREAM_RESET");
  }

  @Override
  public String connectionReset(Message.ConnectionReset message) {
    return line(
        connection(message.service(), message.stream(), message.connection()), "CONNECTION_RESET");
  }

  @Override
  public String sessionReset(Message.SessionReset message) {
    return line("", "SESSION_RESET");
  }

  @Override
  public String serviceIds(Message.ServiceIds message) {
    return line(
        "",
        message.services().stream()
            .map(service -> Printable.of(service.toString(), 128))
            .collect(Collectors.joining(" ", "SERVICE_IDS ", "")));
  }

  @Override
  public String unknown(Message.Unknown message) {
    return line("", "unknown type " + message.type() + (message.ignorable() ? ", ignorable" : ""));
  }

  private static String line(String whose, String what) {
    return String.format(Locale.ROOT, "%-12s %s", whose, what);
  }
}
