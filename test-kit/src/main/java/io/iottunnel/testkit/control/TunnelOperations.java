package io.iottunnel.testkit.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The operations on tunnels, and the tunnels that were opened by them. Thread-safe. */
final class TunnelOperations {

  private static final String TUNNEL_ID = "[a-zA-Z0-9_\\-+=:]{1,128}";
  private static final String SERVICE = "[a-zA-Z0-9:_-]{1,128}";
  private static final String THING = "[a-zA-Z0-9:_-]{1,128}";
  private static final String DESCRIPTION = "[^\\p{C}]{1,2048}";
  private static final String TAG_KEY = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}";
  private static final String TAG_VALUE = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}";
  private static final String CLIENT_MODE = "SOURCE|DESTINATION|ALL";

  private static final int LONGEST_LIFETIME_MINUTES = 720;
  private static final int MOST_TAGS = 200;
  private static final int LARGEST_PAGE = 100;

  private final ServiceEmulator service;
  private final InstantSource clock;
  private final Map<String, OwnedTunnel> tunnels = new LinkedHashMap<>();

  TunnelOperations(ServiceEmulator service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  /** Each operation under the name by which requests ask for it. */
  Map<String, Operation> byName() {
    return Map.of(
        "OpenTunnel", this::open,
        "DescribeTunnel", this::describe,
        "ListTunnels", this::list,
        "RotateTunnelAccessToken", this::rotate,
        "CloseTunnel", this::close);
  }

  /** The tunnel of this id, unless it was deleted. */
  synchronized Optional<Tunnel> find(String id) {
    return Optional.ofNullable(tunnels.get(id)).map(OwnedTunnel::tunnel);
  }

  private synchronized JsonObject open(Input input) throws ControlFailure {
    Destination destination = Destination.of(input.structure("destinationConfig"));
    Optional<String> description = input.text("description", DESCRIPTION);
    Map<String, String> tags = tags(input);
    int lifetime = lifetimeMinutes(input.structure("timeoutConfig"));

    Instant now = clock.instant();
    OwnedTunnel opened =
        new OwnedTunnel(
            UUID.randomUUID().toString(),
            service.openTunnel(destination.services().toArray(new String[0])),
            description,
            destination.thingName(),
            tags,
            lifetime,
            now,
            now);
    tunnels.put(opened.id(), opened);
    JsonObject answer = new JsonObject();
    answer.addProperty("tunnelId", opened.id());
    answer.addProperty("tunnelArn", opened.arn());
    answer.addProperty("sourceAccessToken", opened.tunnel().source().token());
    answer.addProperty("destinationAccessToken", opened.tunnel().destination().token());
    return answer;
  }

  /** What a tunnel leads to. */
  private record Destination(Optional<String> thingName, List<String> services) {

    static Destination of(Optional<Input> config) throws ControlFailure {
      if (config.isEmpty()) {
        return new Destination(Optional.empty(), List.of());
      }
      List<String> services = config.get().texts("services", SERVICE);
      if (services.isEmpty()) {
        throw ControlFailure.invalid(
            "destinationConfig.services", "Member must have length greater than or equal to 1");
      }
      return new Destination(config.get().text("thingName", THING), services);
    }
  }

  private static int lifetimeMinutes(Optional<Input> timeouts) throws ControlFailure {
    return timeouts.isEmpty()
        ? LONGEST_LIFETIME_MINUTES
        : timeouts
            .get()
            .number("maxLifetimeTimeoutMinutes", 1, LONGEST_LIFETIME_MINUTES)
            .orElse(LONGEST_LIFETIME_MINUTES);
  }

  private static Map<String, String> tags(Input input) throws ControlFailure {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Input tag : input.structures("tags")) {
      tags.put(tag.requiredText("key", TAG_KEY), tag.requiredText("value", TAG_VALUE));
    }
    if (tags.size() > MOST_TAGS) {
      throw ControlFailure.tooMany("A tunnel has at most " + MOST_TAGS + " tags.");
    }
    return tags;
  }

  private synchronized JsonObject describe(Input input) throws ControlFailure {
    JsonObject answer = new JsonObject();
    answer.add("tunnel", tunnel(input).details());
    return answer;
  }

  private OwnedTunnel tunnel(Input input) throws ControlFailure {
    String id = input.requiredText("tunnelId", TUNNEL_ID);
    OwnedTunnel tunnel = tunnels.get(id);
    if (tunnel == null) {
      throw ControlFailure.noTunnel(id);
    }
    return tunnel;
  }

  /** The latest first. A page ends with the id of the next tunnel, as the token to go on. */
  private synchronized JsonObject list(Input input) throws ControlFailure {
    Optional<String> thingName = input.text("thingName", THING);
    int most = input.number("maxResults", 1, LARGEST_PAGE).orElse(LARGEST_PAGE);
    Optional<String> from = input.text("nextToken");
    if (from.isPresent() && !tunnels.containsKey(from.get())) {
      throw ControlFailure.invalid("nextToken", "Member must be a token of an earlier answer");
    }
    JsonArray page = new JsonArray();
    JsonObject answer = new JsonObject();
    boolean begun = from.isEmpty();
    for (OwnedTunnel tunnel : latestFirst()) {
      begun |= from.equals(Optional.of(tunnel.id()));
      if (!begun || (thingName.isPresent() && !thingName.equals(tunnel.thingName()))) {
        continue;
      }
      if (page.size() == most) {
        answer.addProperty("nextToken", tunnel.id());
        break;
      }
      page.add(tunnel.summary());
    }
    answer.add("tunnelSummaries", page);
    return answer;
  }

  private List<OwnedTunnel> latestFirst() {
    List<OwnedTunnel> all = new ArrayList<>(tunnels.values());
    Collections.reverse(all);
    return all;
  }

  private synchronized JsonObject rotate(Input input) throws ControlFailure {
    OwnedTunnel owned = tunnel(input);
    String mode = input.requiredText("clientMode", CLIENT_MODE);
    Tunnel tunnel = owned.tunnel();
    if (tunnel.isClosed()) {
      throw ControlFailure.invalid("tunnelId", "The tunnel must be open");
    }
    JsonObject answer = new JsonObject();
    answer.addProperty("tunnelArn", owned.arn());
    if (!mode.equals("DESTINATION")) {
      answer.addProperty("sourceAccessToken", tunnel.rotateToken(Mode.SOURCE));
    }
    if (!mode.equals("SOURCE")) {
      answer.addProperty("destinationAccessToken", tunnel.rotateToken(Mode.DESTINATION));
    }
    tunnels.put(owned.id(), owned.changed(clock.instant()));
    return answer;
  }

  private synchronized JsonObject close(Input input) throws ControlFailure {
    OwnedTunnel owned = tunnel(input);
    boolean forget = input.flag("delete");
    owned.tunnel().close();
    if (forget) {
      tunnels.remove(owned.id());
    } else {
      tunnels.put(owned.id(), owned.changed(clock.instant()));
    }
    return new JsonObject();
  }
}
