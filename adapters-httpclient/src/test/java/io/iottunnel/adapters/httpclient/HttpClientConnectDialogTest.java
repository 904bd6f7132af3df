package io.iottunnel.adapters.httpclient;

import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.testkit.contract.ConnectDialogContract;

class HttpClientConnectDialogTest extends ConnectDialogContract {

  @Override
  protected ConnectDialog.Factory dialogs() {
    return new HttpClientConnectDialog.Factory("localproxy/test", NegotiateTokens.NONE);
  }
}
