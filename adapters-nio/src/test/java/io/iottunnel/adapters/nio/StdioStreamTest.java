package io.iottunnel.adapters.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.ByteStreamRules;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of every stream, as far as pipes can keep them, and where standard streams differ. */
@Timeout(60)
class StdioStreamTest implements ByteStreamRules {

  private static final byte[] SOME = Bytes.random(1000);

  private final StdioBench bench = new StdioBench();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Override
  public Joined join() throws IOException {
    StdioBench.Program program = bench.program();
    return new Joined(StdioStream.start(bench.loop, program.in(), program.out()), program.peer());
  }

  @Override
  public boolean knowsReset() {
    return false;
  }

  @Override
  public String noHalfClose() {
    return "a program whose standard output is closed is heard no further";
  }

  @Test
  void theEndOfInputComesBehindEveryByteAndWritingGoesOn() throws Exception {
    Joined joined = join();
    joined.peer().send(SOME);
    joined.peer().finish();

    assertArrayEquals(SOME, Bytes.soon(Bytes.readAll(joined.stream())));
    assertEquals(-1, joined.stream().read(ByteBuffer.allocate(1)), "asked once more");
    Bytes.write(joined.stream(), SOME);
    assertArrayEquals(SOME, joined.peer().receive(SOME.length));
  }

  @Test
  void theEndOfOutputComesBehindEveryByteAndOnlyThenIsTheInputOver() throws Exception {
    StdioBench.Program program = bench.program();
    GatedOutput output = new GatedOutput(program.out());
    StdioStream stream = StdioStream.start(bench.loop, program.in(), output);
    Bytes.write(stream, SOME);
    stream.shutdownOutput();

    program.peer().send(SOME);
    assertArrayEquals(SOME, Bytes.soon(Bytes.read(stream, SOME.length)));
    assertEquals(0, stream.read(ByteBuffer.allocate(1)), "output is not delivered yet");

    output.open();
    assertArrayEquals(SOME, program.peer().receiveAll());
    assertEquals(0, Bytes.soon(Bytes.readAll(stream)).length);
  }

  @Test
  void anOutputThatNobodyReadsIsAFailureAndTheEndOfInput() throws Exception {
    Joined joined = join();
    CompletableFuture<byte[]> read = Bytes.readAll(joined.stream());
    joined.peer().in().close();

    joined.stream().write(ByteBuffer.allocate(1));

    assertEquals(0, Bytes.soon(read).length);
    assertThrows(IOException.class, () -> joined.stream().write(ByteBuffer.allocate(1)));
  }

  @Test
  void whatAnInputFailsWithIsTold() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    StdioStream stream = StdioStream.start(bench.loop, broken, OutputStream.nullOutputStream());
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> Bytes.soon(Bytes.readAll(stream)));
    assertEquals("Stream closed", failure.getCause().getMessage());
    stream.close();
  }

  /** An output that takes nothing until it is opened. */
  private static final class GatedOutput extends FilterOutputStream {
    private final CountDownLatch opened = new CountDownLatch(1);

    GatedOutput(OutputStream out) {
      super(out);
    }

    void open() {
      opened.countDown();
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      Deadline.await(opened, "the opening of the output");
      out.write(bytes, from, count);
    }
  }
}
