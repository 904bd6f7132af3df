package io.iottunnel.cli.doctor;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.ports.TunnelTransport;
import java.util.concurrent.CompletableFuture;

/**
 * What a way is examined with: the very adapters that a tunnel would use.
 *
 * @param dialing opens the way, through a web proxy or directly
 * @param threads what closes behind everything else
 */
public record Instruments(
    Dialing dialing, TlsProbe probe, TunnelTransport transport, Runnable threads)
    implements AutoCloseable {

  /** Opens a way to the service, as the port that it comes from says. */
  @FunctionalInterface
  public interface Dialing {
    CompletableFuture<ByteStream> dial(HostAndPort service, DialObserver observer);
  }

  @Override
  public void close() {
    transport.close();
    threads.run();
  }
}
