package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ConnectDialog;

/** What the sabotages spoil keeps every rule. */
class SmallDialogTest extends ConnectDialogContract {

  @Override
  protected ConnectDialog.Factory dialogs() {
    return SmallDialog.factory();
  }
}
