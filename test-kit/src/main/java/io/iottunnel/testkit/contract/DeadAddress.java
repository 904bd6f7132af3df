package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.domain.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that does not answer: a listener whose backlog is full, so that the system drops what
 * comes, as a firewall would. That is how Linux does it; elsewhere the rules that need it are
 * skipped.
 */
public final class DeadAddress implements AutoCloseable {

  private static final int LONG_ENOUGH_MS = 200;
  private static final int MOST_CLIENTS = 20;

  private final ServerSocket listening;
  private final List<Socket> backlog = new ArrayList<>();

  private DeadAddress(ServerSocket listening) {
    this.listening = listening;
  }

  /** A dead port of {@code address}, or a visible skip. */
  public static DeadAddress required(InetAddress address) throws IOException {
    DeadAddress dead = new DeadAddress(new ServerSocket(0, 1, address));
    boolean full = dead.fill();
    if (!full) {
      dead.close();
    }
    assumeTrue(full, "this system answers although a listener's backlog is full");
    return dead;
  }

  /** Its port. */
  int port() {
    return listening.getLocalPort();
  }

  /** It, to be connected to. */
  public Endpoint endpoint() {
    return LocalSocketsBench.endpoint(listening);
  }

  @Override
  public void close() throws IOException {
    for (Socket each : backlog) {
      each.close();
    }
    listening.close();
  }

  private boolean fill() throws IOException {
    InetSocketAddress self = (InetSocketAddress) listening.getLocalSocketAddress();
    while (backlog.size() < MOST_CLIENTS) {
      Socket client = new Socket();
      backlog.add(client);
      try {
        client.connect(self, LONG_ENOUGH_MS);
      } catch (SocketTimeoutException noAnswer) {
        return true;
      }
    }
    return false;
  }
}
