package io.iottunnel.testkit.contract;

import io.iottunnel.testkit.websocket.Frame;

/** What RFC 6455 demands of the frames that a service sends. Used by the thread that reads. */
final class SmallFrameCheck {

  private static final int PROTOCOL_ERROR = 1002;
  private static final int UNACCEPTABLE = 1003;
  private static final int LONGEST_CONTROL = 125;

  private final TransportSabotage sabotage;
  private boolean amongFragments;

  SmallFrameCheck(TransportSabotage sabotage) {
    this.sabotage = sabotage;
  }

  /** A frame that breaks a rule, and the code to close with. */
  static final class Breach extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Breach(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** Whether the next frame continues a message. */
  boolean isAmongFragments() {
    return amongFragments;
  }

  /** Throws unless {@code frame} is in order, the frames before it considered. */
  void check(Frame frame) throws Breach {
    int opcode = frame.opcode();
    require(
        opcode != Frame.TEXT,
        does(TransportSabotage.CALLS_TEXT_A_PROTOCOL_ERROR) ? PROTOCOL_ERROR : UNACCEPTABLE,
        "text");
    require(
        frame.reserved() == 0, TransportSabotage.CALLS_RESERVED_BITS_UNACCEPTABLE, "reserved bits");
    require(!frame.isMasked(), TransportSabotage.CALLS_MASKED_FRAMES_UNACCEPTABLE, "masked");
    require(
        opcode <= Frame.BINARY || (opcode >= Frame.CLOSE && opcode <= Frame.PONG),
        TransportSabotage.CALLS_UNKNOWN_OPCODES_UNACCEPTABLE,
        "opcode");
    require(
        !frame.isControl() || (frame.fin() && frame.payload().length <= LONGEST_CONTROL),
        TransportSabotage.CALLS_CONTROL_FRAMES_UNACCEPTABLE,
        "control");
    require(
        frame.isControl() || amongFragments == (opcode == Frame.CONTINUATION),
        TransportSabotage.CALLS_FRAGMENTS_UNACCEPTABLE,
        "fragments");
    if (!frame.isControl()) {
      amongFragments = !frame.fin();
    }
  }

  private void require(boolean good, TransportSabotage careless, String what) throws Breach {
    require(good, does(careless) ? UNACCEPTABLE : PROTOCOL_ERROR, what);
  }

  private static void require(boolean good, int code, String what) throws Breach {
    if (!good) {
      throw new Breach(code, what);
    }
  }

  private boolean does(TransportSabotage what) {
    return sabotage == what;
  }
}
