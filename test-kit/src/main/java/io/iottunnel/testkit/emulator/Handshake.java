package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.RequestHead;
import java.util.Optional;

/**
 * An upgrade request that came, and what became of it.
 *
 * @param request as it came; its {@code toString} hides the values
 * @param serverName what the client asked for by SNI
 * @param tlsVersion such as {@code TLSv1.3}
 * @param channelId the name that the service gave to this attempt
 * @param status of the answer, or 0 where the emulator was told to say nothing
 */
public record Handshake(
    RequestHead request,
    Optional<String> serverName,
    String tlsVersion,
    String channelId,
    int status) {

  /** The access token that was shown. */
  public Optional<String> accessToken() {
    return request.value("access-token");
  }

  /** The client token that was shown. */
  public Optional<String> clientToken() {
    return request.value("client-token");
  }
}
