package io.iottunnel.cli.e2e;

import io.iottunnel.domain.ServiceId;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.engine.TunnelObserver;
import io.iottunnel.ports.LocalSockets;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.secrets.Printed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers what a local proxy tells its observer, and waits for it. Thread-safe. */
final class Watch implements TunnelObserver {

  private final Map<ServiceId, Integer> ports = new HashMap<>();
  private final List<String> listenings = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private long received;
  private long sent;

  @Override
  public synchronized void listening(ServiceId service, LocalSockets.Address address) {
    ports.put(service, address.port());
    listenings.add(service + "=" + address.port());
    notifyAll();
  }

  @Override
  public void mapped(Map<ServiceId, String> mapping) {
    note("mapped " + mapping);
  }

  @Override
  public synchronized void received(Message message) {
    if (message instanceof Message.Data data) {
      received += data.payload().remaining();
      notifyAll();
    }
  }

  @Override
  public synchronized void sent(Message message) {
    if (message instanceof Message.Data data) {
      sent += data.payload().remaining();
    }
  }

  @Override
  public void connectionEnded(ServiceId service, int stream, int connection, String reason) {
    note("ended " + service + "/" + stream + "#" + connection + ": " + reason);
  }

  @Override
  public void clientRefused(ServiceId service, String reason) {
    note("refused " + service + ": " + reason);
  }

  @Override
  public void applicationUnreachable(ServiceId service, String reason, Optional<Duration> again) {
    note((again.isPresent() ? "retried " : "unreachable ") + service + ": " + reason);
  }

  @Override
  public void reconnecting(String reason, Duration delay) {
    note("reconnecting: " + reason);
  }

  @Override
  public void warned(String what) {
    note("warned: " + what);
  }

  private synchronized void note(String fact) {
    facts.add(fact);
    Printed.add("what an observer was told", fact + "\n");
    notifyAll();
  }

  /** The port on which clients of {@code service} are accepted, once they are. */
  int port(ServiceId service) {
    Deadline.await(this, () -> ports.containsKey(service), "listening for " + service);
    synchronized (this) {
      return ports.get(service);
    }
  }

  /** Waits until so many bytes of payload have come from the service. */
  void awaitReceived(long bytes) {
    Deadline.await(this, () -> received >= bytes, bytes + " bytes");
  }

  /** How many bytes of payload have come from the service. */
  synchronized long receivedBytes() {
    return received;
  }

  /** How many bytes of payload have been read from local sides to be sent. */
  synchronized long sentBytes() {
    return sent;
  }

  /** Waits for the session whose services fit. */
  void awaitMapped() {
    await(1, "mapped");
  }

  /** Every listener that was opened, as {@code SERVICE=PORT}. */
  synchronized List<String> listenings() {
    return List.copyOf(listenings);
  }

  /** How many facts began like this. */
  synchronized long count(String beginning) {
    return facts.stream().filter(fact -> fact.startsWith(beginning)).count();
  }

  /** Waits for {@code count} facts that begin like this. */
  void await(int count, String beginning) {
    Deadline.await(this, () -> count(beginning) >= count, count + " times '" + beginning + "'");
  }
}
