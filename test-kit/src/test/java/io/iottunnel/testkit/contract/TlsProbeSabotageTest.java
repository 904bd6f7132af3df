package io.iottunnel.testkit.contract;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.TlsPeer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Probes that break the rules are caught, each at its rule. */
class TlsProbeSabotageTest {

  @TestFactory
  Stream<DynamicTest> everySabotageIsCaughtAtItsRule() {
    return Sabotage.tests(TlsProbeSabotageTest.class);
  }

  @Test
  void everyRuleIsBrokenByOne() {
    Sabotage.assertBroken(TlsProbeRules.class, TlsProbeSabotageTest.class);
  }

  /** The bench of a sabotage, which does one thing in another way. */
  abstract static class Spoilt implements TlsProbeRules, SmallTlsProbe.Ways {

    private final ProbeBench bench =
        new ProbeBench((trust, limit) -> new SmallTlsProbe(trust, limit, this));

    @Override
    public ProbeBench bench() {
      return bench;
    }

    @AfterEach
    void closeBench() {
      bench.close();
    }
  }

  @Breaks("p01")
  static class TellsTheFirstCertificateAlone extends Spoilt {
    @Override
    public TlsPeer told(TlsPeer peer) {
      return new TlsPeer(peer.protocol(), peer.chain().subList(0, 1));
    }
  }

  @Breaks("p02")
  static class SendsNoName extends Spoilt {
    @Override
    public void edit(SSLParameters parameters) {
      parameters.setServerNames(List.of());
    }
  }

  @Breaks("p03")
  static class AsksForSomething extends Spoilt {
    @Override
    public void afterwards(SSLSocket tls) throws IOException {
      tls.getOutputStream().write('G');
    }
  }

  @Breaks("p04")
  static class ChecksNoName extends Spoilt {
    @Override
    public void edit(SSLParameters parameters) {
      parameters.setEndpointIdentificationAlgorithm(null);
    }
  }

  @Breaks({"p04", "p05"})
  static class BlamesTheNetworkForAll extends Spoilt {
    @Override
    public LocalProxyException explained(IOException failure) {
      return new UnreachableException("broke", failure);
    }
  }

  @Breaks({"p06", "p07"})
  static class BlamesTheCertificateForAll extends Spoilt {
    @Override
    public LocalProxyException explained(IOException failure) {
      return new CertificateNotTrustedException("no", Retry.AFTER_A_SESSION, failure);
    }
  }

  @Breaks("p08")
  static class LeavesTheWayOpen extends Spoilt {
    @Override
    public void cancelled(WaySocket socket) {
      // So the way stays as it is, and nobody is told.
    }
  }
}
