package io.iottunnel.engine.simulation;

import java.nio.ByteBuffer;

/** Bytes on their way in one direction of a local connection, in a buffer of limited size. */
final class Pipe {

  private final byte[] ring;
  private int start;
  private int size;
  private boolean finished;
  private boolean deserted;

  Pipe(int capacity) {
    this.ring = new byte[capacity];
  }

  int size() {
    return size;
  }

  int room() {
    return ring.length - size;
  }

  /** Puts in what there is room for, and tells how much that was. */
  int put(ByteBuffer from) {
    int count = Math.min(room(), from.remaining());
    int end = (start + size) % ring.length;
    int first = Math.min(count, ring.length - end);
    from.get(ring, end, first);
    from.get(ring, 0, count - first);
    size += count;
    return count;
  }

  /** Takes out at most so much, and tells how much that was. */
  int take(ByteBuffer into, int most) {
    int count = Math.min(Math.min(size, most), into.remaining());
    int first = Math.min(count, ring.length - start);
    into.put(ring, start, first);
    into.put(ring, 0, count - first);
    start = (start + count) % ring.length;
    size -= count;
    return count;
  }

  /** Nothing more will be put in. */
  void finish() {
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }

  boolean isAtEnd() {
    return finished && size == 0;
  }

  /** Nothing more will be taken out. */
  void desert() {
    deserted = true;
    size = 0;
  }

  boolean isDeserted() {
    return deserted;
  }
}
