package io.iottunnel.testkit.webproxy;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A web proxy that works for those who pass its {@link Login}, and asks all others who they are.
 */
public final class LoginScript implements Script {

  /** How it asks. */
  @FunctionalInterface
  public interface Form {
    /**
     * Answers with these {@code challenges}.
     *
     * @return whether another request may come on this connection
     */
    boolean ask(WebProxyClient client, List<String> challenges) throws IOException;
  }

  private final Supplier<? extends Login> logins;
  private final Form form;

  private LoginScript(Supplier<? extends Login> logins, Form form) {
    this.logins = logins;
    this.form = form;
  }

  /**
   * Asks with 407 and a body behind it, on a connection that stays open.
   *
   * @param logins is asked once for each connection
   */
  public static LoginScript asking(Supplier<? extends Login> logins) {
    return new LoginScript(
        logins,
        (client, challenges) -> {
          client.send(Script.unauthorized(challenges.toArray(String[]::new)));
          return true;
        });
  }

  /** The same in another form. */
  public LoginScript in(Form other) {
    return new LoginScript(logins, other);
  }

  @Override
  public void play(WebProxyClient client) throws IOException {
    Login login = logins.get();
    List<String> challenges;
    do {
      ReceivedRequest request = client.request();
      challenges = login.challenges(request);
      if (challenges.isEmpty()) {
        WebProxyClient.Tunnel tunnel = client.connect(request.requireTarget());
        client.send(login.opened());
        tunnel.carry();
        return;
      }
    } while (form.ask(client, challenges));
  }
}
