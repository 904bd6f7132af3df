package io.iottunnel.testkit.contract;

import io.iottunnel.ports.TlsProbe;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A correct probe passes the contract. */
class SmallTlsProbeTest extends TlsProbeContract {

  @Override
  protected TlsProbe probe(SSLContext trust, Duration limit) {
    return new SmallTlsProbe(trust, limit, new SmallTlsProbe.Ways() {});
  }
}
