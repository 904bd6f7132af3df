package io.iottunnel.domain;

/**
 * How a source speaks of its streams. A destination reads the dialect of each stream from its
 * STREAM_START and answers that stream in kind; it is never a property of a whole process.
 */
public enum Dialect {
  /** One client at a time, and no service id on any message. */
  V1,
  /** One client per service at a time, with service ids and without connection ids. */
  V2,
  /** Many connections in one stream of a service, each with its own connection id. */
  V3;

  /** Whether one stream carries many connections. */
  public boolean multiplexes() {
    return this == V3;
  }
}
