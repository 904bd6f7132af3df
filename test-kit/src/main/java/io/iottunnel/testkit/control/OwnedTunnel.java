package io.iottunnel.testkit.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iottunnel.testkit.emulator.Tunnel;
import io.iottunnel.testkit.emulator.TunnelEnd;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel as its owner sees it.
 *
 * @param tags in the order in which they were given
 * @param lifetimeMinutes how long it may live
 * @param changedAt when it was opened, or its tokens were rotated, or it was closed
 */
record OwnedTunnel(
    String id,
    Tunnel tunnel,
    Optional<String> description,
    Optional<String> thingName,
    Map<String, String> tags,
    int lifetimeMinutes,
    Instant createdAt,
    Instant changedAt) {

  private static final String ARN_PREFIX =
      "arn:aws:iotsecuredtunneling:us-west-2:123456789012:tunnel/";

  String arn() {
    return ARN_PREFIX + id;
  }

  OwnedTunnel changed(Instant now) {
    return new OwnedTunnel(
        id, tunnel, description, thingName, tags, lifetimeMinutes, createdAt, now);
  }

  /** As in the list of all tunnels. */
  JsonObject summary() {
    JsonObject json = new JsonObject();
    json.addProperty("tunnelId", id);
    json.addProperty("tunnelArn", arn());
    json.addProperty("status", tunnel.isClosed() ? "CLOSED" : "OPEN");
    description.ifPresent(text -> json.addProperty("description", text));
    json.addProperty("createdAt", seconds(createdAt));
    json.addProperty("lastUpdatedAt", seconds(changedAt));
    return json;
  }

  /** Everything but the tokens, which are told only once. */
  JsonObject details() {
    JsonObject json = summary();
    json.add("sourceConnectionState", state(tunnel.source()));
    json.add("destinationConnectionState", state(tunnel.destination()));
    json.add("destinationConfig", destinationConfig());
    JsonObject timeouts = new JsonObject();
    timeouts.addProperty("maxLifetimeTimeoutMinutes", lifetimeMinutes);
    json.add("timeoutConfig", timeouts);
    JsonArray list = new JsonArray();
    tags.forEach(
        (key, value) -> {
          JsonObject tag = new JsonObject();
          tag.addProperty("key", key);
          tag.addProperty("value", value);
          list.add(tag);
        });
    json.add("tags", list);
    return json;
  }

  private JsonObject destinationConfig() {
    JsonObject json = new JsonObject();
    thingName.ifPresent(name -> json.addProperty("thingName", name));
    JsonArray services = new JsonArray();
    tunnel.services().forEach(services::add);
    json.add("services", services);
    return json;
  }

  private static JsonObject state(TunnelEnd end) {
    JsonObject json = new JsonObject();
    json.addProperty("status", end.isConnected() ? "CONNECTED" : "DISCONNECTED");
    return json;
  }

  /** Seconds since 1970 with a fraction, as AWS JSON has time. */
  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
