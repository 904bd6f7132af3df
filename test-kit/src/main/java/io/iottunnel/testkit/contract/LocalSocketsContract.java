package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.ports.LocalSockets;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link LocalSockets} must do. Extend it, supply {@link #sockets()}, and read the
 * Javadoc of the rule that fails: it says where to look.
 *
 * <p>The rules are numbered: {@code l01} and on for listening, {@code l20} for connecting, {@code
 * l30} for Unix sockets, {@code l40} for closing the adapter, and {@code b01} and on for what the
 * streams do, once for each kind of stream.
 */
@Timeout(60)
public abstract class LocalSocketsContract
    implements ListenRules, ConnectRules, UnixSocketRules, AdapterClosingRules {

  private @Nullable LocalSocketsBench bench;

  protected LocalSocketsContract() {}

  /** What an adapter may be unable to do, so that the rules about it are skipped, visibly. */
  public enum Ability {
    /** Unix domain sockets. */
    UNIX_SOCKETS
  }

  /** A new adapter. The contract closes it. */
  protected abstract LocalSockets sockets();

  /** What the adapter cannot do; nothing unless overridden. */
  protected Set<Ability> lacks() {
    return Set.of();
  }

  @BeforeEach
  void openBench() {
    bench = new LocalSocketsBench(this::sockets);
  }

  @AfterEach
  void closeBench() {
    bench().close();
  }

  @Override
  public final LocalSocketsBench bench() {
    return Objects.requireNonNull(bench, "only within a test");
  }

  @Override
  public final void requireUnixSockets() {
    assumeTrue(
        !lacks().contains(Ability.UNIX_SOCKETS),
        "this adapter declares that it lacks Unix sockets");
  }

  /** The streams of TCP clients. */
  @Nested
  class AcceptedByTcp implements ByteStreamRules {
    @Override
    public Joined join() throws IOException {
      return bench().accepted(bench().listen());
    }
  }

  /** The streams to TCP applications. */
  @Nested
  class ConnectedByTcp implements ByteStreamRules {
    @Override
    public Joined join() throws IOException {
      return bench().connected();
    }
  }

  /** The streams of clients of a Unix socket. */
  @Nested
  class AcceptedByUnixSocket extends UnixStreams {
    @Override
    public Joined join() throws IOException {
      requireUnixSockets();
      return bench().acceptedByUnixSocket();
    }
  }

  /** The streams to applications at a Unix socket. */
  @Nested
  class ConnectedByUnixSocket extends UnixStreams {
    @Override
    public Joined join() throws IOException {
      requireUnixSockets();
      return bench().connectedByUnixSocket();
    }
  }

  private abstract static class UnixStreams implements ByteStreamRules {
    @Override
    public boolean knowsReset() {
      return false;
    }
  }
}
