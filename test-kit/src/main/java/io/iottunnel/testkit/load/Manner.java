package io.iottunnel.testkit.load;

/** How the two sides of a talk end it. */
enum Manner {
  /** Both send at once; the client closes when it has got everything. */
  EXCHANGE(true),
  /** The client closes right behind its last byte. */
  CLIENT_LEAVES(true),
  /** The application answers when it has got everything, and closes right behind that. */
  APPLICATION_LEAVES(true),
  /** The client finishes sending and waits for the answer, which only V3 knows. */
  HALF_CLOSE(true),
  /** The client resets the connection half way. */
  CLIENT_RESETS(false),
  /** The application resets the connection half way. */
  APPLICATION_RESETS(false);

  private final boolean whole;

  Manner(boolean whole) {
    this.whole = whole;
  }

  /** Whether everything must arrive where nothing disturbs it. */
  boolean isWhole() {
    return whole;
  }
}
