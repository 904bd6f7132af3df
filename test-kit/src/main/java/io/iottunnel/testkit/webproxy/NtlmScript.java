package io.iottunnel.testkit.webproxy;

import io.iottunnel.domain.webproxy.Credentials;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A web proxy that lets pass who authenticates by NTLM version 2 (MS-NLMP), and offers nothing
 * else. The authentication is that of a connection: challenge and response come on the same one.
 */
final class NtlmScript implements Script {

  private static final String SCHEME = "NTLM";

  private final Credentials user;
  private final String domain;

  NtlmScript(Credentials user, String domain) {
    this.user = user;
    this.domain = domain;
  }

  @Override
  public void play(WebProxyClient client) throws IOException {
    NtlmChallenge challenge = new NtlmChallenge(domain);
    while (true) {
      ReceivedRequest request = client.request();
      Optional<byte[]> message = message(request);
      if (message.filter(m -> challenge.isAnsweredBy(m, user)).isPresent()) {
        client.serve(request);
        return;
      }
      client.send(Script.unauthorized(answer(message, challenge)));
    }
  }

  /** The challenge to who begins; to all others, that there is NTLM to begin with. */
  private static String answer(Optional<byte[]> message, NtlmChallenge challenge) {
    return message
        .filter(NtlmChallenge::isNegotiate)
        .map(begin -> SCHEME + " " + Base64.getEncoder().encodeToString(challenge.message()))
        .orElse(SCHEME);
  }

  private static Optional<byte[]> message(ReceivedRequest request) {
    List<String> values = request.values("Proxy-Authorization");
    return values.stream()
        .filter(value -> value.startsWith(SCHEME + " "))
        .map(value -> Base64.getDecoder().decode(value.substring(SCHEME.length() + 1)))
        .findFirst();
  }
}
