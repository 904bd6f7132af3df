package io.iottunnel.cli;

/** What signals ask a running local proxy for. */
interface Signals {

  /** No signal ever comes. */
  Signals NONE =
      new Signals() {
        @Override
        public void atEnd(Runnable orderly) {}

        @Override
        public void atReconnect(Runnable reconnect) {}
      };

  /**
   * SIGTERM, SIGINT and SIGHUP: the process is to end.
   *
   * @param orderly runs on a thread of its own, and returns when everything is closed
   */
  void atEnd(Runnable orderly);

  /**
   * SIGUSR1: a new session is wanted.
   *
   * @param reconnect runs on a thread of its own at each of these signals; must not block
   */
  void atReconnect(Runnable reconnect);
}
