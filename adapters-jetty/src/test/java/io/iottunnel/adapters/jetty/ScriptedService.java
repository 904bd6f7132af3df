package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.websocket.Chop;
import io.iottunnel.testkit.websocket.RequestHead;
import io.iottunnel.testkit.websocket.ServerConnection;
import io.iottunnel.testkit.websocket.TlsListener;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/** The other side: each connection is served by the next script. */
final class ScriptedService implements AutoCloseable {

  private final BlockingQueue<TlsListener.Handler> scripts = new LinkedBlockingQueue<>();
  private final TlsListener listener;

  /** What to do with one connection. */
  interface Script<T> {
    T run(ServerConnection connection) throws Exception;
  }

  ScriptedService(SSLContext tls) {
    listener =
        new TlsListener(
            "scripted-service",
            tls,
            0,
            Chop.NONE,
            connection -> Deadline.next(scripts, "a script").serve(connection));
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", listener.port());
  }

  /** Gives the next connection {@code script}, whose outcome becomes the future's. */
  <T> CompletableFuture<T> serve(Script<T> script) {
    CompletableFuture<T> result = new CompletableFuture<>();
    scripts.add(
        connection -> {
          try (connection) {
            connection.readTimeout((int) Deadline.LIMIT.toMillis());
            result.complete(script.run(connection));
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Reads the request and answers 101 with these further header lines. */
  static RequestHead upgrade(ServerConnection connection, String... lines) throws IOException {
    RequestHead request = connection.readRequest();
    connection.write(switchingProtocols(request, lines));
    return request;
  }

  /** The 101 that fits {@code request}. */
  static String switchingProtocols(RequestHead request, String... lines) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + ("Sec-WebSocket-Accept: " + request.accept() + "\r\n")
        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
        + "\r\n";
  }

  @Override
  public void close() {
    listener.close();
  }
}
