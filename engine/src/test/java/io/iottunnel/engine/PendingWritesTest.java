package io.iottunnel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PendingWritesTest {

  @Property(tries = 300)
  void whatWasAddedComesOutOnceAndInOrderHoweverLittleIsTakenAtATime(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 20_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 30_000) int appetite,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    FakeStream stream = new FakeStream();
    PendingWrites pending = new PendingWrites();
    for (int size : sizes) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      given.write(bytes);
      pending.add(ByteBuffer.wrap(bytes));
      stream.takesAtMost(random.nextInt(appetite));
      pending.writeTo(stream);
    }
    int before = stream.written().length;
    stream.takesAtMost(Integer.MAX_VALUE);

    assertEquals(given.size() - before, pending.writeTo(stream));
    assertTrue(pending.isEmpty());
    assertArrayEquals(given.toByteArray(), stream.written());
  }
}
