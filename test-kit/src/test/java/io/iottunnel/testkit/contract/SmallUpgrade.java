package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.ports.UpgradeRequest;
import io.iottunnel.testkit.websocket.FrameReader;
import io.iottunnel.testkit.websocket.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The request for a WebSocket, and the answer to it. */
final class SmallUpgrade {

  private static final Random RANDOM = new Random();

  private final TransportSabotage sabotage;
  private final UpgradeRequest request;
  private final String key;
  private final Map<String, String> fields = new HashMap<>();
  private int status;
  private String statusLine = "";

  SmallUpgrade(UpgradeRequest request, TransportSabotage sabotage) {
    this.request = request;
    this.sabotage = sabotage;
    byte[] random = new byte[16];
    if (sabotage != TransportSabotage.USES_ONE_KEY_FOR_ALL) {
      RANDOM.nextBytes(random);
    }
    key = Base64.getEncoder().encodeToString(random);
  }

  byte[] request() {
    boolean rewrites = sabotage == TransportSabotage.REWRITES_THE_TARGET;
    boolean noPort =
        request.service().port() == 443 || sabotage == TransportSabotage.NAMES_NO_PORT_IN_HOST;
    StringBuilder text = new StringBuilder("GET ");
    text.append(rewrites ? request.pathAndQuery() + "&" : request.pathAndQuery());
    text.append(" HTTP/1.1\r\nHost: ");
    text.append(noPort ? request.service().host() : request.service().toString());
    text.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    text.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
    text.append("Sec-WebSocket-Protocol: ").append(request.subprotocol()).append("\r\n");
    request.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append(additions()).append("\r\n");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String additions() {
    return switch (sabotage) {
      case REPEATS_A_FIELD -> "access-token: " + request.headers().get("access-token") + "\r\n";
      case ASKS_FOR_TWO_SUBPROTOCOLS -> "Sec-WebSocket-Protocol: other\r\n";
      case OFFERS_COMPRESSION -> "Sec-WebSocket-Extensions: permessage-deflate\r\n";
      case SENDS_COOKIES -> "Cookie: a=b\r\n";
      default -> "";
    };
  }

  /** Reads the answer; returns when it is a 101, and throws otherwise. */
  void readAnswer(FrameReader in) throws IOException {
    List<String> lines = new String(in.readHead(), StandardCharsets.ISO_8859_1).lines().toList();
    statusLine = lines.get(0);
    if (!statusLine.matches("HTTP/1\\.[01] \\d{3}.*")) {
      throw new UnreachableException("not HTTP: " + statusLine);
    }
    status = Integer.parseInt(statusLine.substring(9, 12));
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(name(line.substring(0, colon)), line.substring(colon + 1).strip());
      }
    }
    if (status == 200 && sabotage == TransportSabotage.TAKES_200_FOR_101) {
      return;
    }
    if (status != 101) {
      int length = Integer.parseInt(fields.getOrDefault(name("Content-Length"), "0"));
      throw refused(new String(in.readBytes(length), StandardCharsets.UTF_8));
    }
    require(
        TransportSabotage.CHECKS_NO_ACCEPT,
        accept().equals(field("Sec-WebSocket-Accept").orElse("")));
    require(TransportSabotage.TAKES_ANY_EXTENSION, field("Sec-WebSocket-Extensions").isEmpty());
    require(
        TransportSabotage.TAKES_ANY_UPGRADE,
        "websocket".equalsIgnoreCase(field("Upgrade").orElse("")));
  }

  private void require(TransportSabotage careless, boolean good) {
    if (!good && sabotage != careless) {
      throw new UnreachableException("a 101 that does not fit: " + fields.keySet());
    }
  }

  private String accept() {
    return new RequestHead("", "", "", List.of(new RequestHead.Field("Sec-WebSocket-Key", key)), 0)
        .accept();
  }

  private HandshakeRejectedException refused(String body) {
    boolean passes = status >= 500 || List.of(408, 425, 429).contains(status);
    boolean retries = passes && sabotage != TransportSabotage.NEVER_RETRIES_ANSWERS;
    boolean closed =
        field("X-Status-Reason").equals(Optional.of("Tunnel is closed"))
            && sabotage != TransportSabotage.KNOWS_NO_CLOSED_TUNNEL;
    String secret =
        sabotage == TransportSabotage.FORGETS_THE_TOKEN_IN_A_MESSAGE
            ? request.headers().toString()
            : "";
    return new HandshakeRejectedException(
        statusLine + " " + fields + " " + body + secret,
        retries ? Retry.WITH_BACKOFF : Retry.NEVER,
        status,
        field("channel-id"),
        closed,
        sabotage == TransportSabotage.IGNORES_RETRY_AFTER
            ? Optional.empty()
            : field("Retry-After").map(s -> Duration.ofSeconds(Long.parseLong(s))));
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name(name)));
  }

  private String name(String name) {
    return sabotage == TransportSabotage.KNOWS_FIELD_NAMES_BY_CASE
        ? name
        : name.toLowerCase(Locale.ROOT);
  }
}
