package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A blocking server on loopback that plays one script for each connection, in order. */
final class LoopbackServer implements AutoCloseable {

  /** What to do with one connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script<S extends Socket> {
    void play(S peer) throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CompletableFuture<Void> played = new CompletableFuture<>();

  @SafeVarargs
  LoopbackServer(Script<Socket>... scripts) throws IOException {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (Script<Socket> script : scripts) {
                  try (Socket peer = server.accept()) {
                    peer.setSoTimeout(10_000);
                    peer.setTcpNoDelay(true);
                    script.play(peer);
                  }
                }
                played.complete(null);
              } catch (Exception | AssertionError e) {
                played.completeExceptionally(e);
              }
            },
            "test-server");
    thread.start();
  }

  /** The script of a TLS server. */
  static Script<Socket> tls(SSLContext context, Script<SSLSocket> script) {
    return peer -> {
      try (SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(peer, null, peer.getPort(), false)) {
        secured.setUseClientMode(false);
        script.play(secured);
      }
    };
  }

  /** Makes the system hold little that has not been read, so that a sender soon has to wait. */
  void receiveLittleAtATime() throws IOException {
    server.setReceiveBufferSize(32 * 1024);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits until all scripts have been played, and fails with what one of them failed with. */
  void played() throws Exception {
    Bytes.soon(played);
  }

  @Override
  public void close() throws IOException {
    server.close();
    played.handle((nothing, failure) -> true).orTimeout(10, TimeUnit.SECONDS).join();
  }
}
