package io.iottunnel.domain.tunnel;

import java.time.Duration;

/**
 * The numbers that steer a tunnel. {@link #DEFAULTS} are the documented ones; the {@code with}
 * methods change one each.
 *
 * @param subprotocol the WebSocket subprotocol to ask for
 * @param pingPeriod the time between two pings
 * @param serviceIdsLimit how long the service may take to send its SERVICE_IDS
 * @param retryDelay the first bound of the delay before reconnecting; it doubles with each failure
 * @param longestRetryDelay where the doubling ends
 * @param connectRetries how many consecutive failures to connect are retried; -1 for any number
 * @param steadyAfter how long a session must last to be no failure
 * @param applicationRetries how often an application that cannot be reached is tried again
 * @param applicationRetryDelay the time between two tries to reach an application
 * @param maxConnections how many clients may be connected at once
 * @param sendQueue how many bytes may wait for the WebSocket before local reading pauses
 * @param writeBuffer how many undelivered bytes one connection may hold
 * @param writeBufferTotal how many undelivered bytes all connections together may hold
 * @param stallLimit how long a connection that blocks the others may take nothing before it is
 *     reset
 * @param drainLimit how long an ended connection may make no progress in taking its last bytes
 * @param halfCloseLinger how long a V3 source waits for the rest of an answer after its client has
 *     finished sending
 * @param stopLimit how long stopping waits for local connections
 */
public record TunnelSettings(
    String subprotocol,
    Duration pingPeriod,
    Duration serviceIdsLimit,
    Duration retryDelay,
    Duration longestRetryDelay,
    int connectRetries,
    Duration steadyAfter,
    int applicationRetries,
    Duration applicationRetryDelay,
    int maxConnections,
    int sendQueue,
    long writeBuffer,
    long writeBufferTotal,
    Duration stallLimit,
    Duration drainLimit,
    Duration halfCloseLinger,
    Duration stopLimit) {

  /** The documented defaults. */
  public static final TunnelSettings DEFAULTS =
      new TunnelSettings(
          "aws.iot.securetunneling-3.0",
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(120),
          -1,
          Duration.ofSeconds(60),
          5,
          Duration.ofMillis(2_500),
          128,
          1 << 20,
          4L << 20,
          64L << 20,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(300),
          Duration.ofSeconds(2));
}
