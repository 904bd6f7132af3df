package io.iottunnel.testkit.webproxy;

import java.util.List;

/** How a scripted web proxy finds out who its client is. */
public interface Login {

  /**
   * The values of {@code Proxy-Authenticate} with which {@code request} is to be answered; none to
   * let it pass.
   */
  List<String> challenges(ReceivedRequest request);

  /** The answer to the request that passed last. */
  default String opened() {
    return Script.OPENED;
  }
}
