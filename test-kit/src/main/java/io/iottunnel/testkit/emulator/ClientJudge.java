package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The emulator's judgement of tunnel messages, for a test that carries them by itself: over the
 * life of one client's process, session by session. Thread-safe, as long as sessions do not
 * overlap.
 */
public final class ClientJudge {

  private final Mode mode;
  private final BiConsumer<Rule, String> breach;
  private final StreamIds ids = new StreamIds();
  private MessageJudge session;

  /**
   * A judge for a process that starts.
   *
   * @param breach is told of each rule that is broken, and by what
   */
  public ClientJudge(Mode mode, BiConsumer<Rule, String> breach) {
    this.mode = mode;
    this.breach = breach;
    this.session = new MessageJudge(mode, Set.of(), ids, breach);
  }

  /**
   * A session begins; nothing of the one before counts in it but the stream ids.
   *
   * @param services the names that the tunnel has
   * @param greets whether SERVICE_IDS will come, before which nothing may be sent
   */
  public void sessionBegins(Set<String> services, boolean greets) {
    ids.begin(Optional.of("the only one"));
    session = new MessageJudge(mode, services, ids, breach);
    if (!greets) {
      session.allowSending();
    }
  }

  /** The client is about to learn of this message, and may answer from now on. */
  public void delivers(Message message) {
    session.delivers(message);
  }

  /** The client has decided to send this message. */
  public void came(Message message) {
    session.came(message);
  }

  /** The client has sent this message, and it is known how it lies in its frames. */
  public void came(Piece piece) {
    session.came(piece);
  }
}
