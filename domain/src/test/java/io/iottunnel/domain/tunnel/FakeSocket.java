package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.ServiceId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The socket of a client or an application. The far end of it is played by the story: {@link
 * #says}, {@link #finishes}, {@link #takes}. Its near end is played by {@link End}.
 */
final class FakeSocket {

  /** What became of the socket. */
  enum Fate {
    IN_USE,
    CLOSED,
    ABORTED
  }

  final LocalId id;
  final ServiceId service;

  /** The stream and connection it serves, as observers are told. */
  String connection = "";

  /** Why its connection ended, as observers are told. */
  String endReason = "";

  Fate fate = Fate.IN_USE;
  boolean connected;
  boolean outputShutDown;
  boolean awaitsReadable;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private int read;
  private boolean finished;
  private boolean broken;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int taken;
  private int forgotten;
  private int appetite = Integer.MAX_VALUE;
  private boolean stubborn;
  private boolean writeFailureFound;
  private boolean endFound;

  FakeSocket(LocalId id, ServiceId service, boolean connected) {
    this.id = id;
    this.service = service;
    this.connected = connected;
  }

  // The far end.

  FakeSocket says(String text) {
    return says(text.getBytes(StandardCharsets.UTF_8));
  }

  FakeSocket says(byte[] bytes) {
    assertTrue(!finished, "it has finished sending");
    said.writeBytes(bytes);
    return this;
  }

  /** Shuts down its output. */
  FakeSocket finishes() {
    finished = true;
    return this;
  }

  /** Goes on when its input ends, instead of finishing too. */
  FakeSocket isStubborn() {
    stubborn = true;
    return this;
  }

  /** Breaks: every read and write of the near end fails. */
  FakeSocket breaks() {
    broken = true;
    return this;
  }

  /** Takes no more than so many bytes in all from now on, beyond what it has taken. */
  FakeSocket takes(int bytes) {
    appetite = bytes;
    return this;
  }

  FakeSocket takesEverything() {
    return takes(Integer.MAX_VALUE);
  }

  /** What it has taken so far. */
  String heard() {
    return new String(heardBytes(), StandardCharsets.UTF_8);
  }

  byte[] heardBytes() {
    return Arrays.copyOf(written.toByteArray(), taken);
  }

  byte[] saidBytes() {
    return said.toByteArray();
  }

  boolean hasFinished() {
    return finished;
  }

  boolean isBroken() {
    return broken;
  }

  boolean isOver() {
    return fate != Fate.IN_USE;
  }

  // The near end.

  boolean isReadable() {
    return connected && !isOver() && (broken || finished || read < said.size());
  }

  /** Reads up to so many bytes, none at the end of file. */
  ByteBuffer read(int most) {
    int count = Math.min(most, said.size() - read);
    ByteBuffer bytes = ByteBuffer.wrap(said.toByteArray(), read, count).slice();
    read += count;
    return bytes;
  }

  boolean isAtEnd() {
    return finished && read == said.size();
  }

  void write(ByteBuffer bytes) {
    assertEquals(Fate.IN_USE, fate, "written to when it is over");
    assertTrue(!outputShutDown, "written to after its output was shut down");
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    written.writeBytes(copy);
  }

  /** Bytes that the far end takes now. */
  int take() {
    if (!connected || broken || isOver()) {
      return 0;
    }
    int count = Math.min(appetite, untaken());
    taken += count;
    if (appetite != Integer.MAX_VALUE) {
      appetite -= count;
    }
    return count;
  }

  int untaken() {
    return written.size() - taken - forgotten;
  }

  /** Whether bytes wait that can never be written; found once. */
  boolean findsWriteFailed() {
    boolean found = broken && connected && !isOver() && untaken() > 0 && !writeFailureFound;
    writeFailureFound |= found;
    return found;
  }

  void forgetsUntaken() {
    forgotten += untaken();
    writeFailureFound = false;
  }

  /** Whether the end of what it says was reached after its output was shut down; found once. */
  boolean findsEnd() {
    boolean found = outputShutDown && !isOver() && (finished || broken) && !endFound;
    endFound |= found;
    return found;
  }

  void shutDownOutput() {
    assertEquals(Fate.IN_USE, fate, "finished when it is over");
    assertTrue(!outputShutDown, "its output is shut down twice");
    assertTrue(connected, "finished before it is connected");
    assertEquals(0, untaken(), "finished while something is undelivered");
    outputShutDown = true;
    finished |= !stubborn;
  }

  void end(Fate how) {
    assertEquals(Fate.IN_USE, fate, "ended twice");
    fate = how;
  }

  @Override
  public String toString() {
    return id + " of " + service + (connection.isEmpty() ? "" : " " + connection);
  }
}
