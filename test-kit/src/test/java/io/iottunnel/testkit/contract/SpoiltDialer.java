package io.iottunnel.testkit.contract;

import io.iottunnel.ports.WebProxyDialer;
import io.iottunnel.testkit.contract.WebProxyDialerContract.Ability;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;

/** The bench of a sabotage: the smallest honest dialer, spoilt. */
abstract class SpoiltDialer {

  private final DialerBench bench = new DialerBench(this::dialer);

  /** The dialer, spoilt from the inside where a sabotage needs that. */
  WebProxyDialer dialer(DialerSettings settings) {
    return spoil(new SmallDialer(settings, hooks()));
  }

  /** Where the dialer is reached into. */
  SmallHooks hooks() {
    return SmallHooks.NONE.received(this::received).logins(this::login);
  }

  /** What the web proxy sends, spoilt. */
  InputStream received(InputStream honest) {
    return honest;
  }

  /** What authenticates a dial, spoilt. */
  SmallLogin login(SmallLogin.Setting setting) {
    return new SmallLogin(setting);
  }

  /** The dialer, spoilt from outside. */
  WebProxyDialer spoil(WebProxyDialer honest) {
    return honest;
  }

  public DialerBench bench() {
    return bench;
  }

  public void require(Ability ability) {}

  @AfterEach
  void closeBench() {
    bench.close();
  }
}
