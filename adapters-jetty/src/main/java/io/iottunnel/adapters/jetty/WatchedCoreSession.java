package io.iottunnel.adapters.jetty;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/**
 * Tells the session of an error as soon as there is one. Jetty does so only when the close frame
 * that reports it to the other side has been taken, which a service that has stopped reading never
 * does.
 */
final class WatchedCoreSession extends WebSocketCoreSession {

  private final JettyTunnelSession session;

  WatchedCoreSession(
      JettyTunnelSession session, ExtensionStack extensions, WebSocketComponents components) {
    super(session, Behavior.CLIENT, Negotiated.from(extensions), components);
    this.session = session;
  }

  @Override
  public void processConnectionError(Throwable cause, Callback callback) {
    session.failing(cause);
    super.processConnectionError(cause, callback);
  }

  @Override
  public void processHandlerError(Throwable cause, Callback callback) {
    session.failing(cause);
    super.processHandlerError(cause, callback);
  }
}
