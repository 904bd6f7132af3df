package io.iottunnel.ports;

/** An address that is being listened on for the clients of one service. Thread-safe. */
public interface LocalListener {

  /** The address that was bound, with the port that was chosen where 0 was asked for. */
  LocalSockets.Address address();

  /** Stops accepting; the port stays bound, and clients wait in the system's backlog. */
  void pause();

  /** Accepts again, first those who waited. */
  void resume();

  /** Gives the port back. Connections that were accepted live on. */
  void close();
}
