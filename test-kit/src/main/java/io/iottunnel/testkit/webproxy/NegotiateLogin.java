package io.iottunnel.testkit.webproxy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets pass who shows the tokens of {@link FakeTokens}, in their order and on one connection: one
 * of these for each.
 */
public final class NegotiateLogin implements Login {

  private static final String SCHEME = "Negotiate";

  private final int legs;
  private final List<String> others;
  private int leg;
  private String sent = "";
  private String exchange = "";

  /**
   * @param legs how many tokens it takes
   * @param others what is offered beside Negotiate
   */
  public NegotiateLogin(int legs, String... others) {
    this.legs = legs;
    this.others = List.of(others);
  }

  @Override
  public List<String> challenges(ReceivedRequest request) {
    String shown =
        request.values("Proxy-Authorization").stream()
            .filter(value -> value.startsWith(SCHEME + " "))
            .map(value -> decoded(value.substring(SCHEME.length() + 1)))
            .findFirst()
            .orElse("");
    if (leg == 0) {
      exchange = shown.replaceFirst("exchange (\\d+),.*", "$1");
    }
    if (!shown.equals(FakeTokens.token(exchange, leg + 1, sent))) {
      leg = 0;
      sent = "";
      return Stream.concat(Stream.of(SCHEME), others.stream()).toList();
    }
    if (++leg == legs) {
      return List.of();
    }
    sent = "challenge " + leg;
    return List.of(SCHEME + " " + encoded(sent));
  }

  @Override
  public String opened() {
    return "HTTP/1.1 200 OK\r\nProxy-Authenticate: "
        + SCHEME
        + " "
        + encoded("welcome")
        + "\r\n\r\n";
  }

  private static String encoded(String token) {
    return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decoded(String token) {
    return new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII);
  }
}
