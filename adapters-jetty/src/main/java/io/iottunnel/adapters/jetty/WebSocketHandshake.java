package io.iottunnel.adapters.jetty;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.ports.UpgradeRequest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.eclipse.jetty.websocket.core.util.WebSocketUtils;

/** One opening handshake (RFC 6455 section 4.1): what is asked, and whether 101 fits it. */
final class WebSocketHandshake {

  /** The service takes no request that is longer. */
  private static final int MAX_REQUEST = 4096;

  private static final int HTTPS_PORT = 443;

  private final UpgradeRequest request;
  private final String userAgent;
  private final String key;

  WebSocketHandshake(UpgradeRequest request, String userAgent, SecureRandom random) {
    this.request = request;
    this.userAgent = userAgent;
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  ByteBuffer request() {
    HostAndPort service = request.service();
    String authority = service.toString();
    HttpFields.Mutable fields =
        HttpFields.build()
            .add(
                HttpHeader.HOST,
                service.port() == HTTPS_PORT
                    ? authority.substring(0, authority.lastIndexOf(':'))
                    : authority)
            .add(HttpHeader.CONNECTION, "Upgrade")
            .add(HttpHeader.UPGRADE, "websocket")
            .add(HttpHeader.SEC_WEBSOCKET_VERSION, WebSocketConstants.SPEC_VERSION_STRING)
            .add(HttpHeader.SEC_WEBSOCKET_KEY, key)
            .add(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, request.subprotocol())
            .add(HttpHeader.USER_AGENT, userAgent);
    request.headers().forEach(fields::add);
    ByteBuffer bytes = RequestHead.of(HttpMethod.GET, request.pathAndQuery(), fields);
    if (bytes.remaining() > MAX_REQUEST) {
      throw new ConfigurationException(
          "The request to the service would have %d bytes, and it takes at most %d: is the access token a token?"
              .formatted(bytes.remaining(), MAX_REQUEST));
    }
    return bytes;
  }

  /** The values of the header fields that carry tokens. */
  Secrets secrets() {
    return Secrets.of(request.headers().values());
  }

  /** What is wrong with a 101, if anything: then it did not come from a WebSocket server. */
  Optional<String> flawOf(HttpAnswer answer) {
    if (!answer.lists(HttpHeader.UPGRADE.asString(), "websocket")
        || !answer.lists(HttpHeader.CONNECTION.asString(), "upgrade")) {
      return Optional.of("it does not say that it upgrades to a WebSocket");
    }
    String accept = answer.value(HttpHeader.SEC_WEBSOCKET_ACCEPT.asString()).orElse("");
    if (!accept.equals(WebSocketUtils.hashKey(key))) {
      return Optional.of("its Sec-WebSocket-Accept does not answer our key");
    }
    if (answer.value(HttpHeader.SEC_WEBSOCKET_EXTENSIONS.asString()).isPresent()) {
      return Optional.of("it chose an extension, and none was offered");
    }
    return Optional.empty();
  }
}
