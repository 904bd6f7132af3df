package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ConnectDialog;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ConnectDialog} must read right, however its bytes are cut: an HTTP library's
 * parser behind it is fed what the network brings. Extend it, and supply {@link #dialogs}. It needs
 * no socket, so it tries every cut there is; {@link WebProxyDialerContract} says the rest, over
 * sockets.
 *
 * <p>The rules are numbered: {@code c01} and on for answers that open the tunnel, {@code c20} for
 * those that do not, {@code c40} for bounds, {@code c60} for the connection behind an answer that
 * asks for credentials.
 */
@Timeout(60)
public abstract class ConnectDialogContract
    implements DialogAnswerRules, DialogRefusalRules, DialogConnectionRules {

  protected ConnectDialogContract() {}

  /** The dialogs under test. */
  protected abstract ConnectDialog.Factory dialogs();

  @Override
  public final DialogBench bench() {
    return new DialogBench(dialogs());
  }
}
