package io.iottunnel.adapters.jetty;

import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.testkit.contract.ConnectDialogContract;

class JettyConnectDialogTest extends ConnectDialogContract {

  @Override
  protected ConnectDialog.Factory dialogs() {
    return new JettyConnectDialog.Factory("localproxy/test", NegotiateTokens.NONE);
  }
}
