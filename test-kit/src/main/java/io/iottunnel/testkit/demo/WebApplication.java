package io.iottunnel.testkit.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The application at the far end of the tunnel: a page, and a large file. Thread-safe. */
final class WebApplication implements AutoCloseable {

  static final String FILE_PATH = "/file";

  private static final String PAGE =
      """
      <!doctype html>
      <title>The far end</title>
      <h1>Hello from the far end of the tunnel</h1>
      <p>You are on the other side of a web proxy, the tunneling service, and a web proxy again.</p>
      <p>There is also <a href="/file">a large file</a>.</p>
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LargeFile file;
  private volatile Optional<Instant> lastAsked = Optional.empty();

  private WebApplication(HttpServer server, LargeFile file) {
    this.server = server;
    this.file = file;
  }

  /** Starts to listen on a free port of 127.0.0.1. */
  static WebApplication start(LargeFile file) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WebApplication application = new WebApplication(server, file);
      server.createContext("/", application::page);
      server.createContext(FILE_PATH, application::file);
      server.setExecutor(application.threads);
      server.start();
      return application;
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's application cannot listen", e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** When the latest request arrived. */
  Optional<Instant> lastAsked() {
    return lastAsked;
  }

  private void page(HttpExchange exchange) throws IOException {
    lastAsked = Optional.of(Instant.now());
    byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
    boolean known = exchange.getRequestURI().getPath().equals("/");
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    try (exchange) {
      exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
      if (known) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void file(HttpExchange exchange) throws IOException {
    lastAsked = Optional.of(Instant.now());
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    try (exchange) {
      exchange.sendResponseHeaders(200, file.size());
      OutputStream body = exchange.getResponseBody();
      file.writeTo(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
