package io.iottunnel.adapters.nio;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.LocalClients;
import io.iottunnel.ports.LocalListener;
import io.iottunnel.ports.LocalSockets;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Standard input and output in the place of sockets: {@link Endpoint.Stdio} is all that can be
 * listened on, and has one client, which is there at once and never comes again. Actions and
 * futures run on a {@link NioLoop}. Thread-safe.
 */
public final class StdioLocalSockets implements LocalSockets {

  private final NioLoop loop;
  private final InputStream in;
  private final OutputStream out;
  private Optional<StdioStream> client = Optional.empty();

  /**
   * @param in what the client says; read only once the client was handed over, and never closed
   * @param out what the client hears; must report failures and must not buffer; closed at the end
   */
  public StdioLocalSockets(NioLoop loop, InputStream in, OutputStream out) {
    this.loop = loop;
    this.in = in;
    this.out = out;
  }

  @Override
  public CompletableFuture<LocalListener> listen(Endpoint endpoint, LocalClients onClient) {
    CompletableFuture<LocalListener> result = new CompletableFuture<>();
    Listener listener = new Listener(endpoint, onClient);
    loop.execute(
        () -> {
          if (!(endpoint instanceof Endpoint.Stdio)) {
            result.completeExceptionally(refusal(endpoint, "only standard input and output serve"));
          } else if (isTaken()) {
            result.completeExceptionally(refusal(endpoint, "they are in use already"));
          } else if (result.complete(listener)) {
            listener.offer();
          }
        });
    return result;
  }

  private static ListenFailedException refusal(Endpoint endpoint, String why) {
    return new ListenFailedException("cannot listen on " + endpoint + ": " + why);
  }

  @Override
  public CompletableFuture<Connected> connect(Endpoint endpoint) {
    return CompletableFuture.failedFuture(
        new UnreachableException(
            "cannot connect to " + endpoint + ": there is standard input and output alone"));
  }

  private synchronized boolean isTaken() {
    return client.isPresent();
  }

  /** The client, for the first who asks. */
  private synchronized Optional<StdioStream> take() {
    if (client.isPresent()) {
      return Optional.empty();
    }
    client = Optional.of(StdioStream.start(loop, in, out));
    return client;
  }

  /**
   * Ends the client's connection. Its threads end when what they wait for does: they are daemons.
   */
  @Override
  public synchronized void close() {
    client.ifPresent(StdioStream::abort);
  }

  /** Hands the client over, once, as soon as it may. */
  private final class Listener implements LocalListener {

    private final Endpoint endpoint;
    private final LocalClients onClient;
    private volatile boolean accepting = true;

    Listener(Endpoint endpoint, LocalClients onClient) {
      this.endpoint = endpoint;
      this.onClient = onClient;
    }

    /** On the loop. */
    void offer() {
      if (accepting) {
        take().ifPresent(onClient);
      }
    }

    @Override
    public Address address() {
      return new Address(endpoint.toString(), 0);
    }

    @Override
    public void pause() {
      accepting = false;
    }

    @Override
    public void resume() {
      accepting = true;
      loop.execute(this::offer);
    }

    @Override
    public void close() {
      accepting = false;
    }
  }
}
