package io.iottunnel.engine.simulation;

import com.google.protobuf.ByteString;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a service out of its mind does, short of ending the tunnel. */
final class Madness {

  /** What it says in DATA of its own. */
  static final String PAYLOAD = "out of nowhere";

  private static final List<Mode> MODES = List.of(Mode.values());
  private static final List<MessageType> STREAM_TYPES =
      List.of(
          MessageType.DATA,
          MessageType.STREAM_START,
          MessageType.STREAM_RESET,
          MessageType.CONNECTION_START,
          MessageType.CONNECTION_RESET);
  private static final List<MessageType> LONE_TYPES =
      List.of(MessageType.DATA, MessageType.STREAM_START, MessageType.STREAM_RESET);
  private static final List<byte[]> NONSENSE =
      List.of(
          new byte[] {0, 3, 0x2a, 1, (byte) 0xff},
          new byte[] {0, 1, 0x0f},
          new byte[] {0, 4, 0x22, 0x10, 1, 2},
          new byte[] {0, 2, 0x08, (byte) 0x80});

  private final World world;
  private final Dice dice;

  Madness(World world) {
    this.world = world;
    this.dice = world.dice;
  }

  void addTo(List<Mischief.Deed> deeds) {
    deeds.add(new Mischief.Deed("something astray", this::astray));
    deeds.add(new Mischief.Deed("something about what lives", this::aboutTheLiving));
    deeds.add(new Mischief.Deed("a start for a source", this::startForSource));
    deeds.add(new Mischief.Deed("the greeting again", () -> greetAgain(List.of())));
    deeds.add(new Mischief.Deed("another greeting", () -> greetAgain(List.of("OTHER"))));
    deeds.add(new Mischief.Deed("an unknown type", this::unknownType));
    deeds.add(new Mischief.Deed("nonsense", this::nonsense));
    deeds.add(new Mischief.Deed("pings and pongs", this::pingsAndPongs));
    deeds.add(new Mischief.Deed("a text frame", this::textFrame));
  }

  private Mode mode() {
    return dice.oneOf(MODES);
  }

  /** A message about a stream or a service that is not there. */
  private void astray() {
    String service = dice.onceIn(3) ? "UNKNOWN" : dice.oneOf(world.plot.names());
    int stream = dice.oneOf(List.of(0, 900, 901, -1));
    Message message = message(dice.oneOf(STREAM_TYPES), service, stream, dice.below(3));
    if (!isStart(message)) {
      world.service.says(mode(), message);
    } else if (service.equals("UNKNOWN") || stream == 0) {
      world.service.says(Mode.DESTINATION, message);
    }
  }

  private static boolean isStart(Message message) {
    return message.is(MessageType.STREAM_START) || message.is(MessageType.CONNECTION_START);
  }

  private Message message(MessageType type, String service, int stream, int connection) {
    boolean one = type != MessageType.STREAM_RESET;
    Message message = Message.of(type, service, stream, one ? connection : 0);
    return type == MessageType.DATA
        ? message.withPayload(ByteString.copyFromUtf8(PAYLOAD))
        : message;
  }

  /** A message about a connection that somebody talks over, or about its stream. */
  private void aboutTheLiving() {
    List<Talker> talking = world.conversation.talking();
    if (talking.isEmpty()) {
      return;
    }
    Talker victim = dice.oneOf(talking);
    world.conversation.meddles(victim.name.ofStream());
    world.conversation.meddles(victim.name.ofNextStream());
    int stream = victim.name.stream() + dice.below(2);
    Message message = aboutTheLiving(victim.name.service(), stream, victim.name.connection());
    world.service.says(isStart(message) ? Mode.DESTINATION : mode(), message);
  }

  /** In the dialect of the tunnel, or nobody could say what the right answer is. */
  private Message aboutTheLiving(String service, int stream, int connection) {
    Dialect dialect = world.plot.spoken();
    if (dialect.multiplexes()) {
      MessageType type = dice.oneOf(STREAM_TYPES);
      boolean bare = type != MessageType.STREAM_START && dice.onceIn(4);
      return message(type, service, stream, bare ? 0 : connection);
    }
    return message(dice.oneOf(LONE_TYPES), dialect == Dialect.V1 ? "" : service, stream, 0);
  }

  private void startForSource() {
    MessageType type = dice.oneOf(List.of(MessageType.STREAM_START, MessageType.CONNECTION_START));
    String service = dice.oneOf(world.plot.names());
    world.service.says(Mode.SOURCE, message(type, service, 800 + dice.below(9), dice.below(3)));
  }

  private void greetAgain(List<String> more) {
    List<String> services = new ArrayList<>(world.plot.services());
    services.addAll(more);
    Mode mode = mode();
    if (world.service.isServing(mode) && world.plot.greets()) {
      world.service.says(mode, Message.serviceIds(services));
    }
  }

  private void unknownType() {
    Message message = Message.of(MessageType.UNKNOWN, "", 0, 0);
    int type = dice.oneOf(List.of(0, 8, 77, 1_000_000));
    world.service.says(mode(), message.withTypeNumber(type, dice.onceIn(2)));
  }

  private void nonsense() {
    world.service.link(mode()).ifPresent(l -> l.down().saysNonsense(dice.oneOf(NONSENSE)));
  }

  private void pingsAndPongs() {
    world
        .service
        .link(mode())
        .ifPresent(
            link -> {
              link.pingComes();
              link.pingComes();
              ByteBuffer payload = ByteBuffer.allocate(dice.below(20));
              world.process(link.mode()).tellSoon(() -> link.pong(payload));
            });
  }

  /** Which the transport answers with 1003, and tells as a break. */
  private void textFrame() {
    world.service.link(mode()).ifPresent(link -> link.breaks("a text frame"));
  }
}
