package io.iottunnel.cli;

/** Something that the process can be asked to do. */
interface Command {

  /**
   * Does it, and returns when it is done.
   *
   * @param arguments those behind the command's name
   * @return the exit code
   */
  int run(String... arguments);
}
