package io.iottunnel.testkit.emulator;

/**
 * What a client of the service must not do. Each rule names one breach, and the {@link Judge} finds
 * it; where the service itself would not put up with it, the emulator drops the client too.
 */
public enum Rule {
  // The upgrade request.
  REQUEST_SIZE("the upgrade request has at most 4,096 bytes", true),
  REQUEST_FORM(
      "the upgrade request is a GET by HTTP/1.1 with one each of Host, Upgrade: websocket,"
          + " Connection: Upgrade, Sec-WebSocket-Version: 13 and a Sec-WebSocket-Key of 16 bytes"
          + " (RFC 6455 section 4.1)",
      true),
  REQUEST_TARGET("the target is /tunnel?local-proxy-mode=source or =destination", true),
  SUBPROTOCOL("a subprotocol that the service speaks is asked for", true),
  ONE_ACCESS_TOKEN("there is exactly one access-token header", true),
  NO_TOKEN_COOKIE("the access token does not travel in a cookie too", true),
  CLIENT_TOKEN_FORM(
      "there is at most one client-token, of 32 to 128 letters, digits, hyphens", true),
  CLIENT_TOKEN_CONSTANT("the client token of an access token is the same on every attempt", true),

  // Frames.
  MASKED("every frame is masked (RFC 6455 section 5.1)", true),
  RESERVED_BITS("reserved bits are zero, as no extension was agreed on", true),
  KNOWN_OPCODE("opcodes are those of RFC 6455 section 5.2", true),
  BINARY_ONLY("data travels in binary frames, never in text", true),
  FRAGMENTS_IN_ORDER(
      "a continuation follows an unfinished frame, and nothing but it does, control frames apart",
      true),
  FRAME_SIZE("no frame, and no message of fragments, has more than 131,076 bytes", true),
  CONTROL_FRAME_FORM("pings, pongs and closes have at most 125 bytes and no fragments", true),
  NOTHING_AFTER_CLOSE("nothing is sent after one's own close frame", true),
  PONG_ONCE("each ping is answered exactly once, in order, and no pong comes unasked", false),

  // Tunnel messages by themselves.
  WELL_FORMED("every message is protobuf", true),
  NO_UNKNOWN_FIELD("a message has no field outside the schema", true),
  CLIENT_TYPES_ONLY(
      "a client sends DATA, starts and resets, never UNKNOWN, SESSION_RESET, SERVICE_IDS or a"
          + " number beyond",
      true),
  PAYLOAD_SIZE("a payload has at most 64,512 bytes", true),
  STREAM_ID_POSITIVE("the stream id of DATA, starts and resets is above 0", true),
  KNOWN_SERVICE("a service id is one of the tunnel's, or absent", true),
  ONLY_DATA_SHARES_FRAMES(
      "a start or reset has a frame to itself (what is behind it v3.3.1 of the reference leaves"
          + " unprocessed)",
      false),

  // Tunnel messages in their order.
  AFTER_SERVICE_IDS("nothing is sent before SERVICE_IDS has come", true),
  DESTINATION_NEVER_STARTS("a destination sends no STREAM_START and no CONNECTION_START", true),
  STARTED_BEFORE_DATA("DATA follows a start of its stream in the same session", true),
  STARTED_BEFORE_RESET("a reset names a stream that this session has heard of", false),
  NAMES_DO_NOT_ALTERNATE(
      "once a stream was started without a service id, none comes later, nor the other way round",
      true),
  STREAM_IDS_COUNT_UP(
      "the stream ids of a service start at 1 and grow by 1, also across reconnects", false),
  ONE_STREAM_AT_A_TIME("no stream is started while the service's last one still lives", false),
  CONNECTION_IDS_COUNT_UP(
      "the connection ids of a stream start at 1, grow, and are never used again", false),
  CONNECTION_NEEDS_STREAM("CONNECTION_START names a living stream that has connections", false),
  ONE_DIALECT_PER_STREAM(
      "a stream started with a connection id has one on DATA and CONNECTION_RESET; one started"
          + " without has none, and ends by STREAM_RESET",
      false),
  V1_HAS_NO_CONNECTION_IDS(
      "a stream of a named service that is started without its name has no connection id", false),
  NO_DATA_AFTER_RESET("no DATA follows one's own reset of its connection or stream", false),
  ONE_RESET("a connection or stream is reset once", false);

  private final String sentence;
  private final boolean enforced;

  Rule(String sentence, boolean enforced) {
    this.sentence = sentence;
    this.enforced = enforced;
  }

  /** What a client that keeps the rule does. */
  public String sentence() {
    return sentence;
  }

  /** Whether the service drops a client that breaks the rule, or refuses its upgrade. */
  public boolean isEnforced() {
    return enforced;
  }
}
