package io.iottunnel.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.ByteString;
import io.iottunnel.testkit.wire.Message;
import io.iottunnel.testkit.wire.MessageType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A simulation that could not fail would prove nothing: what is broken on purpose is found. */
class SabotagedSimulationTest {

  private static final int SEEDS = 40;

  @Test
  void aLostByteIsFound() {
    assertFound(() -> data(m -> List.of(payload(m, m.payload().substring(1)))));
  }

  @Test
  void aByteTooManyIsFound() {
    ByteString one = ByteString.copyFromUtf8("x");
    assertFound(() -> data(m -> List.of(payload(m, m.payload().concat(one)))));
  }

  @Test
  void aMessageThatComesTwiceIsFound() {
    assertFound(() -> data(m -> List.of(m, m)));
  }

  @Test
  void aLostMessageIsFound() {
    assertFound(() -> data(m -> List.of()));
  }

  @Test
  void twoMessagesInTheWrongOrderAreFound() {
    assertFound(
        () -> {
          AtomicReference<List<Message>> held = new AtomicReference<>(List.of());
          return data(
              m -> {
                List<Message> before =
                    held.getAndSet(held.get().isEmpty() ? List.of(m) : List.of());
                return before.isEmpty() ? List.of() : List.of(m, before.get(0));
              });
        });
  }

  @Test
  void theBytesOfAnotherAreFound() {
    assertFound(
        () -> {
          AtomicReference<Message> last = new AtomicReference<>();
          return data(
              m -> {
                Message other = last.getAndSet(m);
                return List.of(other == null ? m : payload(m, other.payload()));
              });
        });
  }

  private static Message payload(Message message, ByteString payload) {
    return message.withPayload(payload);
  }

  /** Relays as it should, but for DATA. */
  private static World.Relay data(Function<Message, List<Message>> change) {
    return message -> message.is(MessageType.DATA) ? change.apply(message) : List.of(message);
  }

  private static void assertFound(Supplier<World.Relay> sabotage) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        Simulation.run(seed, sabotage.get());
      } catch (AssertionError found) {
        assertTrue(String.valueOf(found.getMessage()).contains("hear"), found.getMessage());
        return;
      }
    }
    fail("nobody noticed in " + SEEDS + " seeds");
  }
}
