package io.iottunnel.testkit.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.iottunnel.testkit.Deadline;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What owners of tunnels talk to: the AWS IoT Secure Tunneling control API of an emulated service,
 * so that the AWS SDKs and the AWS command line open, rotate and close its tunnels. It speaks AWS
 * JSON 1.1 over plain HTTP on loopback: a POST to {@code /} whose {@code X-Amz-Target} names the
 * operation.
 *
 * <pre>{@code
 * try (ServiceEmulator service = ServiceEmulator.start();
 *     ControlApi api = ControlApi.of(service)) {
 *   IoTSecureTunnelingClient client =
 *       IoTSecureTunnelingClient.builder().endpointOverride(api.endpoint())...build();
 *   client.openTunnel(...)
 * }
 * }</pre>
 *
 * <p>Requests must be signed (Signature Version 4), and the signature is not verified. Tunnels
 * never expire by themselves: their lifetime is kept and told, nothing more. Thread-safe.
 */
public final class ControlApi implements AutoCloseable {

  private static final String TARGET_PREFIX = "IoTSecuredTunneling.";
  private static final String MEDIA_TYPE = "application/x-amz-json-1.1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(ControlApi::daemon);
  private final TunnelOperations tunnels;
  private final Map<String, Operation> operations;

  private ControlApi(HttpServer server, TunnelOperations tunnels) {
    this.server = server;
    this.tunnels = tunnels;
    this.operations = tunnels.byName();
  }

  /** The control API of {@code service}, on a free port of loopback. */
  public static ControlApi of(ServiceEmulator service) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TunnelOperations tunnels = new TunnelOperations(service, InstantSource.system());
      ControlApi api = new ControlApi(server, tunnels);
      server.createContext("/", api::serve);
      server.setExecutor(api.threads);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("the control API cannot listen on loopback", e);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "control-api");
    thread.setDaemon(true);
    return thread;
  }

  /** What to give an SDK in place of its endpoint. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * What became of a tunnel that was opened here, from the service's side.
   *
   * @param id as OpenTunnel answered it
   * @throws IllegalStateException if there is no such tunnel
   */
  public Tunnel tunnel(String id) {
    return tunnels
        .find(id)
        .orElseThrow(() -> new IllegalStateException("there is no tunnel with id " + id));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange, 200, perform(exchange));
      } catch (ControlFailure e) {
        answer(exchange, e.status(), e.toJson());
      }
    }
  }

  private JsonObject perform(HttpExchange exchange) throws IOException, ControlFailure {
    if (!header(exchange, "Authorization").startsWith("AWS4-HMAC-SHA256 ")) {
      throw ControlFailure.notSigned();
    }
    String target = header(exchange, "X-Amz-Target");
    Optional<Operation> operation =
        target.startsWith(TARGET_PREFIX)
            ? Optional.ofNullable(operations.get(target.substring(TARGET_PREFIX.length())))
            : Optional.empty();
    if (operation.isEmpty()) {
      throw ControlFailure.unknownOperation();
    }
    return operation.get().perform(new Input(body(exchange)));
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static JsonObject body(HttpExchange exchange) throws IOException, ControlFailure {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      // As wrong as any other text that is no object.
    }
    throw ControlFailure.notJson();
  }

  private static void answer(HttpExchange exchange, int status, JsonObject json)
      throws IOException {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    // Nothing of an SDK's is left open behind its last call.
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening, and ends its threads. The tunnels live on: they are the emulator's. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(Deadline.limit().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a call of the control API does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
