package io.iottunnel.cli.doctor;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.ports.TlsProbe;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.TunnelTransport;
import io.iottunnel.ports.UpgradeRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A way to the service that is told what to show, on the test's thread, in the test's time. */
final class FakeWay implements TlsProbe, TunnelTransport {

  private long now;
  private Consumer<DialObserver> tells = observer -> {};
  private CompletableFuture<ByteStream> dialed = CompletableFuture.completedFuture(new NoStream());
  private CompletableFuture<TlsPeer> probed =
      CompletableFuture.completedFuture(new TlsPeer("TLSv1.3", List.of()));
  private CompletableFuture<TunnelSession> opened =
      CompletableFuture.completedFuture(new UpSession());
  private final List<String> done = new ArrayList<>();

  long nanoTime() {
    return now;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  /** A dialer tells this, and succeeds unless it is said to fail. */
  FakeWay telling(Consumer<DialObserver> events) {
    tells = events;
    return this;
  }

  FakeWay failingToDial(LocalProxyException reason) {
    dialed = CompletableFuture.failedFuture(reason);
    return this;
  }

  FakeWay answeringTls(TlsPeer peer) {
    probed = CompletableFuture.completedFuture(peer);
    return this;
  }

  FakeWay failingInTls(LocalProxyException reason) {
    probed = CompletableFuture.failedFuture(reason);
    return this;
  }

  FakeWay refusing(LocalProxyException reason) {
    opened = CompletableFuture.failedFuture(reason);
    return this;
  }

  /** What was asked for, in its order. */
  List<String> done() {
    return done;
  }

  Instruments instruments() {
    return new Instruments(
        (service, observer) -> {
          done.add("dial " + service);
          tells.accept(observer);
          return dialed;
        },
        this,
        this,
        () -> done.add("end threads"));
  }

  @Override
  public CompletableFuture<TlsPeer> probe(ByteStream way, HostAndPort service) {
    done.add("probe " + service);
    return probed;
  }

  @Override
  public CompletableFuture<TunnelSession> open(
      ByteStream way, UpgradeRequest request, SessionListener listener) {
    done.add("upgrade " + request.pathAndQuery());
    return opened;
  }

  @Override
  public void close() {
    done.add("close");
  }

  /** Carries nothing. */
  private static final class NoStream implements ByteStream {
    @Override
    public int read(ByteBuffer into) {
      return 0;
    }

    @Override
    public int write(ByteBuffer from) {
      return 0;
    }

    @Override
    public void whenReadable(Runnable action) {}

    @Override
    public void whenWritable(Runnable action) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {}

    @Override
    public void abort() {}
  }

  private final class UpSession implements TunnelSession {
    @Override
    public Optional<String> channelId() {
      return Optional.of("a-channel");
    }

    @Override
    public String subprotocol() {
      return "a-subprotocol";
    }

    @Override
    public void send(ByteBuffer frame, Runnable sent) {}

    @Override
    public void ping(ByteBuffer payload) {}

    @Override
    public void receive() {}

    @Override
    public void close(int code, String reason) {
      done.add("close session " + code);
    }

    @Override
    public void abort() {}
  }
}
