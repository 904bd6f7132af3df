package io.iottunnel.testkit.load;

import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import io.iottunnel.testkit.emulator.TunnelEnd;
import java.util.Map;

/** Starts the local proxies that are put under load: whoever knows the engine hands this in. */
public interface LocalProxies {

  /**
   * Starts one in this JVM, and does not wait until it is connected.
   *
   * @param end whose access token it uses
   * @param clientToken stays the same when it is replaced by another
   * @param dialect of a source
   * @param mapping of a destination; a source listens on free ports
   */
  Running start(
      TunnelEnd end, ClientToken clientToken, Dialect dialect, Map<ServiceId, Endpoint> mapping);

  /** One that runs. */
  interface Running extends AutoCloseable {

    /** Where a source accepts clients of {@code service}, once it does. */
    int port(ServiceId service);

    /** Ends it in order, and everything that belongs to it. */
    @Override
    void close();
  }
}
