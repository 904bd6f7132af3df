package io.iottunnel.engine.simulation;

/** A connection, as observers are told of it at both ends; a connection of 0 stands for all. */
record Name(String service, int stream, int connection) {

  /** That of somebody who has no connection yet. */
  static final Name NONE = new Name("", 0, 0);

  boolean isNone() {
    return equals(NONE);
  }

  /** All connections of its stream. */
  Name ofStream() {
    return new Name(service, stream, 0);
  }

  /** All connections of the stream behind its own. */
  Name ofNextStream() {
    return new Name(service, stream + 1, 0);
  }

  @Override
  public String toString() {
    return service + "/" + stream + "#" + connection;
  }
}
