package io.iottunnel.cli.fuzz;

import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxyUrl;
import java.nio.charset.StandardCharsets;

/** Any text is a web proxy or refused, and what is shown of it does not depend on its password. */
public final class WebProxyUrlFuzz {

  private WebProxyUrlFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      WebProxyUrl url = WebProxyUrl.parse(text, "fuzz");
      int port = url.webProxy().address().port();
      Promise.keep(port > 0 && port <= 65_535, "port " + port);
      url.webProxy().credentials().ifPresent(credentials -> check(url, credentials));
    } catch (ConfigurationException refusal) {
      String message = String.valueOf(refusal.getMessage());
      Promise.keep(message.startsWith("fuzz: "), message);
      Promise.isFitToBeRead(message);
    }
  }

  private static void check(WebProxyUrl url, Credentials credentials) {
    Promise.keep(!credentials.user().isEmpty(), "an empty user");
    WebProxy other =
        url.webProxy().withCredentials(new Credentials(credentials.user(), "another password"));
    String shown = new WebProxyUrl(other, url.portAssumed()).toString();
    Promise.keep(shown.equals(url.toString()), "the password changes " + url + " to " + shown);
  }
}
