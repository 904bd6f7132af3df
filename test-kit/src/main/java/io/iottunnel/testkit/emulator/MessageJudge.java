package io.iottunnel.testkit.emulator;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageStream.Piece;
import io.iottunnel.testkit.wire.MessageType;
import java.util.Set;
import java.util.function.BiConsumer;

/** Judges the messages of one session: each by itself here, their order in {@link StreamJudge}. */
final class MessageJudge {

  private static final int LARGEST_PAYLOAD = 64_512;

  private final Mode mode;
  private final Set<String> services;
  private final BiConsumer<Rule, String> breach;
  private final StreamJudge streams;
  private boolean maySend;

  /**
   * A judge for a session that begins.
   *
   * @param services the names that the tunnel has
   * @param ids the stream ids that this end's process used so far
   */
  MessageJudge(Mode mode, Set<String> services, StreamIds ids, BiConsumer<Rule, String> breach) {
    this.mode = mode;
    this.services = services;
    this.breach = breach;
    this.streams = new StreamJudge(services, ids, breach);
  }

  /** From now on the client may send: SERVICE_IDS is about to be sent, or none is due. */
  synchronized void allowSending() {
    maySend = true;
  }

  /** The service is about to send this message to the client, which may answer from now on. */
  synchronized void delivers(Message message) {
    if (message.is(MessageType.SERVICE_IDS)) {
      maySend = true;
    }
    streams.heard(message);
  }

  /** A message came from the client. */
  synchronized void came(Piece piece) {
    Message message = piece.message();
    require(
        Rule.ONLY_DATA_SHARES_FRAMES,
        message.is(MessageType.DATA) || (piece.beginsFrame() && piece.endsFrame()),
        message.toString());
    came(message);
  }

  /** A message came from the client, in whatever frame. */
  synchronized void came(Message message) {
    String text = message.toString();
    require(Rule.AFTER_SERVICE_IDS, maySend, text);
    require(Rule.NO_UNKNOWN_FIELD, message.unknownFields().isEmpty(), text);
    require(Rule.PAYLOAD_SIZE, message.payload().size() <= LARGEST_PAYLOAD, text);
    switch (message.type().orElse(MessageType.UNKNOWN)) {
      case UNKNOWN, SESSION_RESET, SERVICE_IDS -> breach.accept(Rule.CLIENT_TYPES_ONLY, text);
      case STREAM_START, CONNECTION_START -> {
        if (mode == Mode.DESTINATION) {
          breach.accept(Rule.DESTINATION_NEVER_STARTS, text);
        } else if (hasAddress(message)) {
          streams.came(message);
        }
      }
      case DATA, STREAM_RESET, CONNECTION_RESET -> {
        if (hasAddress(message)) {
          streams.came(message);
        }
      }
    }
  }

  private boolean hasAddress(Message message) {
    boolean stream = message.streamId() > 0;
    boolean service = message.serviceId().isEmpty() || services.contains(message.serviceId());
    require(Rule.STREAM_ID_POSITIVE, stream, message.toString());
    require(Rule.KNOWN_SERVICE, service, message + ", the tunnel has " + services);
    return stream && service;
  }

  private void require(Rule rule, boolean kept, String whatCame) {
    if (!kept) {
      breach.accept(rule, whatCame);
    }
  }
}
