package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.RequestHead;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Judges one upgrade request by itself, before any token is looked at. */
final class UpgradeJudge {

  static final List<String> SUBPROTOCOLS =
      List.of(
          "aws.iot.securetunneling-3.0",
          "aws.iot.securetunneling-2.0",
          "aws.iot.securetunneling-1.0");

  private static final int LARGEST_REQUEST = 4096;
  private static final Pattern CLIENT_TOKEN = Pattern.compile("[a-zA-Z0-9-]{32,128}");
  private static final Pattern TARGET =
      Pattern.compile("/tunnel\\?local-proxy-mode=(source|destination)");

  private final RequestHead request;
  private final BiConsumer<Rule, String> breach;
  private boolean lawful = true;

  private UpgradeJudge(RequestHead request, BiConsumer<Rule, String> breach) {
    this.request = request;
    this.breach = breach;
  }

  /**
   * Judges.
   *
   * @param breach takes each rule broken, with what came
   * @return whether none was
   */
  static boolean judge(RequestHead request, BiConsumer<Rule, String> breach) {
    UpgradeJudge judge = new UpgradeJudge(request, breach);
    judge.all();
    return judge.lawful;
  }

  /** The subprotocol that the service chooses: the first one asked for that it speaks. */
  static Optional<String> chosenSubprotocol(RequestHead request) {
    return tokens(request, "Sec-WebSocket-Protocol").stream()
        .filter(SUBPROTOCOLS::contains)
        .findFirst();
  }

  private void all() {
    require(Rule.REQUEST_SIZE, request.size() <= LARGEST_REQUEST, request.size() + " bytes");
    require(Rule.REQUEST_FORM, isGet(), request.method() + " by " + request.version());
    require(Rule.REQUEST_FORM, count("Host") == 1, count("Host") + " Host fields");
    require(Rule.REQUEST_FORM, has("Upgrade", "websocket"), "no Upgrade: websocket");
    require(Rule.REQUEST_FORM, has("Connection", "upgrade"), "no Connection: Upgrade");
    require(
        Rule.REQUEST_FORM,
        request.values("Sec-WebSocket-Version").equals(List.of("13")),
        "Sec-WebSocket-Version " + request.values("Sec-WebSocket-Version"));
    require(Rule.REQUEST_FORM, hasKey(), "no Sec-WebSocket-Key of 16 bytes");
    require(Rule.REQUEST_TARGET, TARGET.matcher(request.target()).matches(), request.target());
    require(
        Rule.SUBPROTOCOL,
        chosenSubprotocol(request).isPresent(),
        request.values("Sec-WebSocket-Protocol").toString());
    require(
        Rule.ONE_ACCESS_TOKEN,
        count("access-token") == 1 && !request.values("access-token").get(0).isEmpty(),
        count("access-token") + " fields");
    require(
        Rule.NO_TOKEN_COOKIE,
        request.values("Cookie").stream().noneMatch(c -> c.contains("awsiot-tunnel-token")),
        "a cookie awsiot-tunnel-token");
    List<String> clientTokens = request.values("client-token");
    require(
        Rule.CLIENT_TOKEN_FORM,
        clientTokens.size() <= 1
            && clientTokens.stream().allMatch(t -> CLIENT_TOKEN.matcher(t).matches()),
        clientTokens.size()
            + " fields, lengths "
            + clientTokens.stream().map(String::length).toList());
  }

  private boolean isGet() {
    return request.method().equals("GET") && request.version().equals("HTTP/1.1");
  }

  private boolean has(String field, String token) {
    return tokens(request, field).stream().anyMatch(t -> t.equalsIgnoreCase(token));
  }

  private boolean hasKey() {
    List<String> keys = request.values("Sec-WebSocket-Key");
    try {
      return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == 16;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private int count(String field) {
    return request.values(field).size();
  }

  private void require(Rule rule, boolean kept, String whatCame) {
    if (!kept) {
      lawful = false;
      breach.accept(rule, whatCame);
    }
  }

  private static List<String> tokens(RequestHead request, String field) {
    return request.values(field).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .toList();
  }
}
