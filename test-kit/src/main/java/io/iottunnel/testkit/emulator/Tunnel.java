package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One tunnel of the emulated service. Thread-safe. */
public final class Tunnel {

  private final ServiceEmulator emulator;
  private final int number;
  private final Set<String> services;
  private final TunnelEnd source;
  private final TunnelEnd destination;
  private volatile boolean closed;

  Tunnel(ServiceEmulator emulator, int number, List<String> services) {
    this.emulator = emulator;
    this.number = number;
    this.services = new LinkedHashSet<>(services);
    this.source = newEnd(Mode.SOURCE);
    this.destination = newEnd(Mode.DESTINATION);
  }

  private TunnelEnd newEnd(Mode mode) {
    return new TunnelEnd(
        this, mode, ServiceEmulator.newToken(), emulator.signal(), emulator.behaviour());
  }

  /** The end whose clients start streams. */
  public TunnelEnd source() {
    return source;
  }

  /** The end that connects to applications. */
  public TunnelEnd destination() {
    return destination;
  }

  /** The end of this mode. */
  public TunnelEnd end(Mode mode) {
    return switch (mode) {
      case SOURCE -> source;
      case DESTINATION -> destination;
    };
  }

  /** The names of the services, none for the single unnamed one. */
  public Set<String> services() {
    return services;
  }

  /** Closes the tunnel: sessions are closed with 1000, and attempts from now on refused. */
  public void close() {
    closed = true;
    source.closeSession(1000, "Tunnel is closed");
    destination.closeSession(1000, "Tunnel is closed");
  }

  /** Gives this end a new access token, voids the old one, and closes its session with 1012. */
  public String rotateToken(Mode mode) {
    return emulator.rotate(end(mode));
  }

  /** Resets every stream, as the service does when an end went away: SESSION_RESET to both ends. */
  public void resetSession() {
    Message reset = Message.of(MessageType.SESSION_RESET, "", 0, 0);
    source.send(reset);
    destination.send(reset);
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  Findings findings() {
    return emulator.findings();
  }

  @Override
  public String toString() {
    return "tunnel " + number;
  }
}
