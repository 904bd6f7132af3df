package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.DigestLogin;
import io.iottunnel.testkit.webproxy.FakeTokens;
import io.iottunnel.testkit.webproxy.LoginScript;
import io.iottunnel.testkit.webproxy.NegotiateLogin;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Web proxies that authenticate by Negotiate (RFC 4559). The tokens are those that the dialer was
 * given.
 */
public interface NegotiateRules {

  /** The dialer under test. */
  DialerBench bench();

  /** Skips the test, visibly, where the dialer declares that it lacks {@code ability}. */
  void require(Ability ability);

  /** A ticket is enough: the URL needs no credentials. The token is for the host as configured. */
  @Test
  default void d110_aTicketNeedsNoCredentials() throws IOException {
    bench().tokens().withTicket();
    ScriptedWebProxy proxy = asking(1);
    DialerBench.proveTunnel(bench().open(proxy, proxy.url("localhost")));

    assertEquals(List.of("localhost"), bench().tokens().hosts());
  }

  /** As many tokens as it takes, each made from the web proxy's, all on one connection. */
  @Test
  default void d111_severalTokensGoOverOneConnection() throws IOException {
    bench().tokens().withTicket();
    ScriptedWebProxy proxy = asking(3);
    DialerBench.proveTunnel(bench().open(proxy));

    assertEquals(1, proxy.connections());
    assertEquals(3, proxy.authorizations().size());
  }

  /** Where the connection ends between two tokens, all begins anew on another one: once. */
  @Test
  default void d112_itBeginsAnewOnceWhereItsConnectionEnds() {
    require(Ability.NEGOTIATE);
    bench().tokens().withTicket();
    ScriptedWebProxy proxy =
        bench()
            .playing(
                LoginScript.asking(() -> new NegotiateLogin(3))
                    .in(
                        (client, challenges) -> {
                          client.send(Script.unauthorized(challenges.toArray(String[]::new)));
                          return challenges.contains("Negotiate");
                        }));
    bench().fail(proxy.url(), LocalProxyException.class);

    assertEquals(2, bench().tokens().hosts().size(), "exchanges");
  }

  /** Without a ticket the next scheme has its turn; the first is not heard of. */
  @Test
  default void d113_withoutATicketTheNextSchemeHasItsTurn() throws IOException {
    require(Ability.DIGEST);
    require(Ability.NEGOTIATE);
    DigestLogin login = DigestLogin.of(bench().user()).behind("Negotiate");
    ScriptedWebProxy proxy = bench().playing(LoginScript.asking(() -> login));

    DialerBench.proveTunnel(bench().open(proxy, proxy.url(bench().user())));
    assertEquals(0, login.refused());
  }

  /** Where nothing else is left, what was wrong with the ticket is what the user has to know. */
  @Test
  default void d114_whatIsWrongWithTheTicketIsSaid() {
    ScriptedWebProxy proxy = asking(1);
    WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);

    assertEquals(Retry.NEVER, failure.retry());
    Messages.name(failure, FakeTokens.NO_TICKET, "407");
    assertEquals(List.of(), proxy.authorizations());
  }

  /** A ticket that the web proxy does not take is sent once. */
  @Test
  default void d115_aTicketThatIsRefusedIsSentOnce() {
    require(Ability.NEGOTIATE);
    bench().tokens().withTicket();
    ScriptedWebProxy proxy = bench().playing(Script.refusing(Script.unauthorized("Negotiate")));
    WebProxyRefusedException failure = bench().fail(proxy.url(), WebProxyRefusedException.class);

    assertEquals(Retry.NEVER, failure.retry());
    assertEquals(1, proxy.authorizations().size(), "tokens");
    Secrets.watch(proxy.authorizations().get(0).substring("Negotiate ".length()));
    Messages.conceal(failure);
  }

  /**
   * A KDC may be slow: meanwhile other dials go on. If this fails: tokens are made on a thread that
   * others wait for.
   */
  @Test
  default void d116_aTokenThatIsWaitedForHoldsUpNobody() throws IOException {
    bench().tokens().withTicket().held();
    ScriptedWebProxy slow = asking(1);
    CompletableFuture<ByteStream> waiting = bench().dial(slow.url());
    try {
      bench().tokens().awaitAsked();
      DialerBench.proveTunnel(bench().open(bench().playing(Script.working())));
    } finally {
      bench().tokens().release();
    }
    DialerBench.proveTunnel(bench().joined(slow, waiting));
  }

  /** Nor does it hold up the end: at the limit, or by cancelling, the connection is closed. */
  @Test
  default void d117_waitingForATokenEnds() {
    bench().tokens().withTicket().held();
    ScriptedWebProxy proxy = asking(1);
    try {
      CompletableFuture<ByteStream> cancelled = bench().dial(proxy.url());
      bench().tokens().awaitAsked();
      cancelled.cancel(true);
      proxy.awaitIdle();

      bench()
          .failure(bench().dial(proxy.url(), StageLimits.shortToken()), LocalProxyException.class);
      proxy.awaitIdle();
    } finally {
      bench().tokens().release();
    }
  }

  /** Every exchange is closed, so that its keys are forgotten. */
  @Test
  default void d118_theKeysAreForgotten() {
    bench().tokens().withTicket();
    Deadline.get(bench().dial(asking(2).url()), "the tunnel").abort();
    ScriptedWebProxy refusing = bench().playing(Script.refusing(Script.unauthorized("Negotiate")));
    bench().fail(refusing.url(), WebProxyRefusedException.class);

    bench().tokens().awaitClosed(2);
  }

  private ScriptedWebProxy asking(int legs) {
    require(Ability.NEGOTIATE);
    return bench().playing(LoginScript.asking(() -> new NegotiateLogin(legs)));
  }
}
