package io.iottunnel.testkit.real;

import io.iottunnel.domain.webproxy.WebProxy;
import java.util.List;

/** A real web proxy that runs, as a process of its own, on loopback. */
public interface RealWebProxy extends AutoCloseable {

  /** How to reach it, with the credentials that pass where a URL can carry them. */
  WebProxy url();

  /**
   * Waits until a line with {@code text} is in the web proxy's log, such as the {@code CONNECT
   * host:port} of a tunnel that has ended.
   *
   * @return every such line so far
   */
  List<String> awaitLogged(String text);

  @Override
  void close();
}
