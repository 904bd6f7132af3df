package io.iottunnel.adapters.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.testkit.contract.ConnectDialogContract;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpClientConnectDialogTest extends ConnectDialogContract {

  @Override
  protected ConnectDialog.Factory dialogs() {
    return new HttpClientConnectDialog.Factory("localproxy/test", NegotiateTokens.NONE);
  }

  @Test
  void asksForTheTunnelAndNamesTheHost() {
    assertEquals(
        head(
            "CONNECT [2001:db8::1]:443 HTTP/1.1",
            "Host: [2001:db8::1]:443",
            "User-Agent: localproxy/test"),
        request(Optional.empty()));
  }

  @Test
  void sendsBasicCredentialsInUtf8AtOnce() {
    byte[] pair = "jürgen:s3cret:p@ss".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        head(
            "CONNECT [2001:db8::1]:443 HTTP/1.1",
            "Host: [2001:db8::1]:443",
            "User-Agent: localproxy/test",
            "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(pair)),
        request(Optional.of(new Credentials("jürgen", "s3cret:p@ss"))));
  }

  /** These lines and a blank one. */
  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private String request(Optional<Credentials> credentials) {
    WebProxy proxy =
        new WebProxy(WebProxy.Scheme.HTTP, new HostAndPort("proxy.invalid", 3128), credentials);
    Step.Send send =
        dialogs().begin(proxy, new HostAndPort("2001:db8::1", 443), answer -> {}).start();
    assertFalse(send.onNewConnection());
    return StandardCharsets.UTF_8.decode(send.request()).toString();
  }
}
