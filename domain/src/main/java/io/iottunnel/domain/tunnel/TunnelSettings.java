package io.iottunnel.domain.tunnel;

import java.time.Duration;

/**
 * The numbers that steer a tunnel. {@link #DEFAULTS} are the documented ones, and {@link #change}
 * gives a variation of them.
 *
 * @param subprotocol the WebSocket subprotocol to ask for
 * @param pingPeriod the time between two pings
 * @param serviceIdsLimit how long the service may take to send its SERVICE_IDS
 * @param retryDelay the first bound of the delay before reconnecting; it doubles with each failure
 * @param longestRetryDelay where the doubling ends
 * @param connectRetries how many consecutive failures to connect are retried; -1 for any number
 * @param steadyAfter how long a session must last to be no failure
 * @param reconnectOnDataError whether a session that broke, or in which something arrived that must
 *     not, is followed by another; if not, that is the end
 * @param localRetries how often an application that cannot be reached, or a port that cannot be
 *     listened on, is tried again; -1 for any number
 * @param localRetryDelay the time between two such tries
 * @param wire how large messages and frames may be
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
    boolean reconnectOnDataError,
    int localRetries,
    Duration localRetryDelay,
    WireLimits wire,
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
          true,
          5,
          Duration.ofMillis(2_500),
          WireLimits.DEFAULTS,
          128,
          1 << 20,
          4L << 20,
          64L << 20,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(300),
          Duration.ofSeconds(2));

  /** Whether a local endpoint is tried again after so many failures in a row. */
  boolean triesLocallyAgain(int failures) {
    return localRetries < 0 || failures <= localRetries;
  }

  /** Begins a variation of these: what is not set stays as it is here. */
  public Builder change() {
    return new Builder(this);
  }

  /** A variation in the making; each method sets the component of its name. */
  public static final class Builder {
    private String subprotocol;
    private Duration pingPeriod;
    private Duration serviceIdsLimit;
    private Duration retryDelay;
    private Duration longestRetryDelay;
    private int connectRetries;
    private Duration steadyAfter;
    private boolean reconnectOnDataError;
    private int localRetries;
    private Duration localRetryDelay;
    private WireLimits wire;
    private int maxConnections;
    private int sendQueue;
    private long writeBuffer;
    private long writeBufferTotal;
    private Duration stallLimit;
    private Duration drainLimit;
    private Duration halfCloseLinger;
    private Duration stopLimit;

    private Builder(TunnelSettings from) {
      this.subprotocol = from.subprotocol;
      this.pingPeriod = from.pingPeriod;
      this.serviceIdsLimit = from.serviceIdsLimit;
      this.retryDelay = from.retryDelay;
      this.longestRetryDelay = from.longestRetryDelay;
      this.connectRetries = from.connectRetries;
      this.steadyAfter = from.steadyAfter;
      this.reconnectOnDataError = from.reconnectOnDataError;
      this.localRetries = from.localRetries;
      this.localRetryDelay = from.localRetryDelay;
      this.wire = from.wire;
      this.maxConnections = from.maxConnections;
      this.sendQueue = from.sendQueue;
      this.writeBuffer = from.writeBuffer;
      this.writeBufferTotal = from.writeBufferTotal;
      this.stallLimit = from.stallLimit;
      this.drainLimit = from.drainLimit;
      this.halfCloseLinger = from.halfCloseLinger;
      this.stopLimit = from.stopLimit;
    }

    public Builder subprotocol(String value) {
      subprotocol = value;
      return this;
    }

    public Builder pingPeriod(Duration value) {
      pingPeriod = value;
      return this;
    }

    public Builder serviceIdsLimit(Duration value) {
      serviceIdsLimit = value;
      return this;
    }

    public Builder retryDelay(Duration value) {
      retryDelay = value;
      return this;
    }

    public Builder longestRetryDelay(Duration value) {
      longestRetryDelay = value;
      return this;
    }

    public Builder connectRetries(int value) {
      connectRetries = value;
      return this;
    }

    public Builder steadyAfter(Duration value) {
      steadyAfter = value;
      return this;
    }

    public Builder reconnectOnDataError(boolean value) {
      reconnectOnDataError = value;
      return this;
    }

    public Builder localRetries(int value) {
      localRetries = value;
      return this;
    }

    public Builder localRetryDelay(Duration value) {
      localRetryDelay = value;
      return this;
    }

    public Builder wire(WireLimits value) {
      wire = value;
      return this;
    }

    public Builder maxConnections(int value) {
      maxConnections = value;
      return this;
    }

    public Builder sendQueue(int value) {
      sendQueue = value;
      return this;
    }

    public Builder writeBuffer(long value) {
      writeBuffer = value;
      return this;
    }

    public Builder writeBufferTotal(long value) {
      writeBufferTotal = value;
      return this;
    }

    public Builder stallLimit(Duration value) {
      stallLimit = value;
      return this;
    }

    public Builder drainLimit(Duration value) {
      drainLimit = value;
      return this;
    }

    public Builder halfCloseLinger(Duration value) {
      halfCloseLinger = value;
      return this;
    }

    public Builder stopLimit(Duration value) {
      stopLimit = value;
      return this;
    }

    /** The settings as set so far. */
    public TunnelSettings build() {
      return new TunnelSettings(
          subprotocol,
          pingPeriod,
          serviceIdsLimit,
          retryDelay,
          longestRetryDelay,
          connectRetries,
          steadyAfter,
          reconnectOnDataError,
          localRetries,
          localRetryDelay,
          wire,
          maxConnections,
          sendQueue,
          writeBuffer,
          writeBufferTotal,
          stallLimit,
          drainLimit,
          halfCloseLinger,
          stopLimit);
    }
  }
}
