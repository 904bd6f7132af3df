package io.iottunnel.testkit.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol byte by byte; the AWS SDK's own client is among the end-to-end tests. */
class ControlApiTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private ServiceEmulator service;
  private ControlApi api;

  @BeforeEach
  void start() {
    service = ServiceEmulator.start();
    api = ControlApi.of(service);
  }

  @AfterEach
  void stop() {
    api.close();
    service.close();
  }

  @Test
  void aTunnelIsOpenedWithATokenForEachEndAndDescribed() throws Exception {
    JsonObject opened =
        ok(
            "OpenTunnel",
            """
            {"description": "maintenance",
             "tags": [{"key": "team", "value": "field"}],
             "destinationConfig": {"thingName": "pump-7", "services": ["SSH1", "WEB"]},
             "timeoutConfig": {"maxLifetimeTimeoutMinutes": 60}}
            """);
    assertNotEquals(text(opened, "sourceAccessToken"), text(opened, "destinationAccessToken"));
    assertTrue(text(opened, "tunnelArn").endsWith("tunnel/" + text(opened, "tunnelId")));

    JsonObject tunnel =
        ok("DescribeTunnel", id(text(opened, "tunnelId"))).getAsJsonObject("tunnel");
    assertEquals("OPEN", text(tunnel, "status"));
    assertEquals("maintenance", text(tunnel, "description"));
    assertEquals("pump-7", text(tunnel.getAsJsonObject("destinationConfig"), "thingName"));
    assertEquals(
        "[\"SSH1\",\"WEB\"]",
        tunnel.getAsJsonObject("destinationConfig").get("services").toString());
    assertEquals(
        60, tunnel.getAsJsonObject("timeoutConfig").get("maxLifetimeTimeoutMinutes").getAsInt());
    assertEquals("[{\"key\":\"team\",\"value\":\"field\"}]", tunnel.get("tags").toString());
    assertEquals("DISCONNECTED", text(tunnel.getAsJsonObject("sourceConnectionState"), "status"));
    assertFalse(tunnel.toString().contains(text(opened, "sourceAccessToken")));
  }

  @Test
  void tunnelsAreListedLatestFirstPageByPage() throws Exception {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      opened.add(0, text(ok("OpenTunnel", "{}"), "tunnelId"));
    }
    JsonObject first = ok("ListTunnels", "{\"maxResults\": 2}");
    JsonObject second =
        ok("ListTunnels", "{\"nextToken\": \"%s\"}".formatted(text(first, "nextToken")));

    assertFalse(second.has("nextToken"));
    List<String> listed = new ArrayList<>(ids(first));
    listed.addAll(ids(second));
    assertEquals(opened, listed);
  }

  @Test
  void tunnelsAreListedByThing() throws Exception {
    ok("OpenTunnel", "{}");
    String id =
        text(
            ok(
                "OpenTunnel",
                "{\"destinationConfig\": {\"thingName\": \"pump-7\", \"services\": [\"SSH\"]}}"),
            "tunnelId");
    assertEquals(List.of(id), ids(ok("ListTunnels", "{\"thingName\": \"pump-7\"}")));
  }

  @Test
  void rotatingGivesNewTokensToTheEndsThatAreAskedFor() throws Exception {
    JsonObject opened = ok("OpenTunnel", "{}");
    String id = text(opened, "tunnelId");

    JsonObject source = ok("RotateTunnelAccessToken", id(id, ", \"clientMode\": \"SOURCE\""));
    assertNotEquals(text(opened, "sourceAccessToken"), text(source, "sourceAccessToken"));
    assertFalse(source.has("destinationAccessToken"));

    JsonObject both = ok("RotateTunnelAccessToken", id(id, ", \"clientMode\": \"ALL\""));
    assertTrue(both.has("sourceAccessToken") && both.has("destinationAccessToken"));
  }

  @Test
  void aClosedTunnelIsKnownUntilItIsDeleted() throws Exception {
    String id = text(ok("OpenTunnel", "{}"), "tunnelId");

    ok("CloseTunnel", id(id));
    assertEquals("CLOSED", text(ok("DescribeTunnel", id(id)).getAsJsonObject("tunnel"), "status"));
    assertRefused(
        "ValidationException",
        post("RotateTunnelAccessToken", id(id, ", \"clientMode\": \"ALL\"")));

    ok("CloseTunnel", id(id, ", \"delete\": true"));
    assertRefused("ResourceNotFoundException", post("DescribeTunnel", id(id)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DescribeTunnel          | {"tunnelId": "none"}                                       | ResourceNotFoundException
          CloseTunnel             | {"tunnelId": "none"}                                       | ResourceNotFoundException
          RotateTunnelAccessToken | {"tunnelId": "none"}                                       | ResourceNotFoundException
          DescribeTunnel          | {}                                                         | ValidationException
          OpenTunnel              | {"destinationConfig": {"services": []}}                    | ValidationException
          OpenTunnel              | {"destinationConfig": {"services": ["a b"]}}               | ValidationException
          OpenTunnel              | {"destinationConfig": 7}                                   | ValidationException
          OpenTunnel              | {"timeoutConfig": {"maxLifetimeTimeoutMinutes": 721}}      | ValidationException
          OpenTunnel              | {"timeoutConfig": {"maxLifetimeTimeoutMinutes": "1"}}      | ValidationException
          OpenTunnel              | {"description": 1}                                         | ValidationException
          OpenTunnel              | {"tags": [{"value": "x"}]}                                 | ValidationException
          ListTunnels             | {"maxResults": 0}                                          | ValidationException
          ListTunnels             | {"nextToken": "none"}                                      | ValidationException
          OpenTunnel              | []                                                         | SerializationException
          OpenTunnel              | {                                                          | SerializationException
          ListTags                | {}                                                         | UnknownOperationException
          """)
  void whatIsWrongIsRefusedByName(String operation, String body, String type) throws Exception {
    assertRefused(type, post(operation, body));
  }

  @Test
  void moreTagsThanATunnelMayHaveAreOverTheLimit() throws Exception {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < 201; i++) {
      tags.add("{\"key\": \"k%d\", \"value\": \"\"}".formatted(i));
    }
    assertRefused("LimitExceededException", post("OpenTunnel", "{\"tags\": " + tags + "}"));
  }

  @Test
  void aRequestThatIsNotSignedIsRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.endpoint())
            .header("X-Amz-Target", "IoTSecuredTunneling.ListTunnels")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(403, response.statusCode());
  }

  private static void assertRefused(String type, HttpResponse<String> response) {
    assertEquals(400, response.statusCode(), response.body());
    assertEquals(type, text(json(response), "__type"));
  }

  private static String id(String id) {
    return id(id, "");
  }

  private static String id(String id, String more) {
    return "{\"tunnelId\": \"%s\"%s}".formatted(id, more);
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  private static List<String> ids(JsonObject list) {
    JsonArray summaries = list.getAsJsonArray("tunnelSummaries");
    return summaries.asList().stream().map(s -> text(s.getAsJsonObject(), "tunnelId")).toList();
  }

  private JsonObject ok(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = post(operation, body);
    assertEquals(200, response.statusCode(), response.body());
    return json(response);
  }

  private static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private HttpResponse<String> post(String operation, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.endpoint())
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "IoTSecuredTunneling." + operation)
            .header("Authorization", "AWS4-HMAC-SHA256 Credential=test")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
