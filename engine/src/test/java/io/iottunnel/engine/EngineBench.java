package io.iottunnel.engine;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Mode;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One local proxy on the bench, over ports in memory, with time moved by hand. */
final class EngineBench {

  static final HostAndPort SERVICE = new HostAndPort("service.example", 443);

  final String token = Secrets.token();
  final FakeWorld world = new FakeWorld();
  final FakeTimers timers = new FakeTimers();

  /** Some of what observers are told, as text. */
  final List<String> told = new ArrayList<>();

  LocalProxy source() {
    return builder(Mode.SOURCE).build();
  }

  LocalProxy destination() {
    return builder(Mode.DESTINATION)
        .mapping(Map.of(ServiceId.UNNAMED, Endpoint.tcp("localhost", 22)))
        .build();
  }

  LocalProxy.Builder builder(Mode mode) {
    return LocalProxy.builder(mode, SERVICE, new AccessToken(token))
        .directly(world)
        .over(world, world)
        .timers(timers)
        .observer(new Teller());
  }

  static Message start(int stream, int connection) {
    return Message.of(MessageType.STREAM_START, "SSH", stream, connection);
  }

  static Message data(int stream, int connection, String text) {
    return Message.data("SSH", stream, connection, ByteString.copyFromUtf8(text));
  }

  private final class Teller implements TunnelObserver {
    @Override
    public void mapped(Map<ServiceId, String> mapping) {
      told.add("mapped " + mapping);
    }

    @Override
    public void applicationConnected(ServiceId service, LocalSockets.Address address) {
      told.add("connected " + service + " " + address.ip() + ":" + address.port());
    }

    @Override
    public void reconnecting(String reason, Duration delay) {
      told.add("reconnecting: " + reason);
    }

    @Override
    public void ended(Outcome outcome) {
      told.add("ended " + outcome);
    }
  }
}
