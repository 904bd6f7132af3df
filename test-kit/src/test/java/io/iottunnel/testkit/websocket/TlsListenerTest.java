package io.iottunnel.testkit.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.TestCa;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsListenerTest {

  private final TestCa ca = TestCa.create();
  private final BlockingQueue<WeakReference<ServerConnection>> served = new LinkedBlockingQueue<>();

  @Test
  void aConnectionThatNobodyHoldsStaysOpen() throws IOException {
    try (TlsListener listener = listener();
        SSLSocket client = client(listener)) {
      WeakReference<ServerConnection> connection = Deadline.next(served, "a connection");
      collectGarbage();

      assertFalse(connection.refersTo(null), "the connection was collected");
      client.getOutputStream().write(1);
    }
  }

  @Test
  void closingTheListenerEndsItsConnections() throws IOException {
    TlsListener listener = listener();
    try (SSLSocket client = client(listener)) {
      Deadline.next(served, "a connection");
      listener.close();

      assertEquals(-1, client.getInputStream().read());
    }
  }

  private TlsListener listener() {
    return new TlsListener(
        "listener-under-test",
        ca.leaf("localhost").serverContext(),
        0,
        Chop.NONE,
        connection -> served.add(new WeakReference<>(connection)));
  }

  private SSLSocket client(TlsListener listener) throws IOException {
    SSLSocket client =
        (SSLSocket)
            ca.clientContext().getSocketFactory().createSocket("localhost", listener.port());
    client.startHandshake();
    return client;
  }

  private static void collectGarbage() {
    System.gc();
    System.runFinalization();
  }
}
