package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.TlsPeer;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the observer is told beside the hops themselves, for whoever looks for what is wrong. */
public interface ToldRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** Whose certificate the web proxy showed is told, with those above it. */
  @Test
  default void d50_whoAnsweredTlsIsTold() {
    require(Ability.HTTPS_WEB_PROXIES);
    ScriptedWebProxy proxy = bench().playingOverTls(Script.working());
    HopRecorder observer = new HopRecorder();
    bench().joined(proxy, bench().dial(proxy.url("localhost"), DialerBench.SERVICE, observer));

    TlsPeer peer = observer.peers().get(0);
    assertEquals(DialerBench.LOCALHOST.certificate(), peer.chain().get(0));
    assertEquals("TLSv1.3", peer.protocol());
  }

  /** By which schemes an answer asks to authenticate is told, by their names and no more. */
  @Test
  default void d51_theSchemesOfferedAreTold() {
    ConnectAnswer answer = refused(bench().playing(asking()).url());

    assertEquals(List.of("Bearer", "NTLM"), answer.offered());
    assertEquals(Optional.empty(), answer.authenticatedBy());
  }

  /** How the request that an answer is to had authenticated is told. */
  @Test
  default void d52_howARequestAuthenticatedIsTold() {
    ConnectAnswer answer = refused(bench().playing(asking()).url(bench().user()));

    assertEquals(Optional.of(Authentication.BASIC), answer.authenticatedBy());
  }

  private ConnectAnswer refused(WebProxy url) {
    HopRecorder observer = new HopRecorder();
    bench()
        .failure(bench().dial(url, DialerBench.SERVICE, observer), WebProxyRefusedException.class);
    return observer.answers().get(0);
  }

  /** For what nobody has. */
  private static Script asking() {
    return Script.refusing(Script.unauthorized("Bearer realm=\"a\", error=\"b\"", "NTLM"));
  }
}
