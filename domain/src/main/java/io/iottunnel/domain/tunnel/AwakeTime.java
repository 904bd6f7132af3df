package io.iottunnel.domain.tunnel;

/**
 * The time in which the machine was awake: that of its caller, less the times in which nobody kept
 * its deadlines. While the process is stopped, or starved of its processor, it is we who do not
 * read: the silence of the service, or an application that seems to take nothing, proves nothing
 * about them, and what they sent meanwhile is still to be read.
 */
final class AwakeTime {

  /** How late a deadline may be kept, in milliseconds, before that counts as sleep. */
  private static final long LATE = 5_000;

  private long slept;
  private long last;

  /**
   * The time awake, in milliseconds. After a sleep it is what it was when something last happened,
   * so that every limit has left what it had then.
   *
   * @param now the caller's time
   * @param deadline the caller's time when the machine wanted to be asked at the latest
   */
  long at(long now, long deadline) {
    if (deadline < now - LATE) {
      slept = now - last;
    }
    last = now - slept;
    return last;
  }

  /** A moment, in time awake, as the caller will see it if nobody sleeps; never stays never. */
  long toCaller(long moment) {
    return moment == Long.MAX_VALUE ? moment : moment + slept;
  }
}
