package io.iottunnel.testkit.webproxy;

import io.iottunnel.testkit.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Carries bytes between a client and the target that it asked for, and each end of file too. Where
 * one of the two connections breaks, both are reset.
 */
final class Relay {

  private static final int BUFFER = 64 * 1024;

  private final Socket clientTcp;
  private final Socket client;
  private final Socket target;

  /**
   * @param clientTcp the connection to the client
   * @param client what is spoken over it: itself, or TLS over it
   * @param target the connection to the target
   */
  Relay(Socket clientTcp, Socket client, Socket target) {
    this.clientTcp = clientTcp;
    this.client = client;
    this.target = target;
  }

  /**
   * Runs until both directions have ended.
   *
   * @param fromClient what is left to read of the client
   * @param threads where the way back runs
   */
  void run(InputStream fromClient, Executor threads) throws IOException {
    try (target) {
      clientTcp.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      InputStream fromTarget = target.getInputStream();
      CompletableFuture<Void> back =
          CompletableFuture.runAsync(() -> carry(fromTarget, client), threads);
      carry(fromClient, target);
      back.join();
    }
  }

  private void carry(InputStream from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      Peer.reset(clientTcp);
      Peer.reset(target);
    }
  }
}
