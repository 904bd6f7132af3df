package io.iottunnel.domain.tunnel;

/**
 * How large what goes over the wire may be, in bytes. The service has its own bounds; these can
 * only be narrower.
 *
 * @param payload the most payload that a DATA message of ours carries
 * @param message the longest message, without its two bytes of length: ours are no longer, and one
 *     that is received ends the session
 * @param frame the largest WebSocket frame of ours
 */
public record WireLimits(int payload, int message, int frame) {

  /** Room for everything that goes around a payload, two bytes of length included. */
  public static final int ENVELOPE = 1_024;

  /** What the protocol allows. */
  public static final WireLimits DEFAULTS = new WireLimits(Message.MAX_PAYLOAD, 65_536, 65_538);

  public WireLimits {
    if (payload < 1 || payload > Message.MAX_PAYLOAD || message <= ENVELOPE || frame <= ENVELOPE) {
      throw new IllegalArgumentException(
          "no message fits into " + payload + ", " + message + " and " + frame + " bytes");
    }
  }

  /** The most payload that a DATA message carries within all three limits. */
  public int largestPayload() {
    return Math.min(payload, Math.min(message, frame) - ENVELOPE);
  }
}
