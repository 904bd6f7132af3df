package io.iottunnel.cli;

import io.iottunnel.domain.webproxy.WebProxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What users put into {@code HTTPS_PROXY} to have a web proxy used. */
public final class WebProxyVariable {

  private WebProxyVariable() {}

  /** A URL, what is special in user and password percent-encoded. */
  public static String of(WebProxy proxy) {
    return proxy.scheme().text() + "://" + credentials(proxy) + proxy.address();
  }

  /** The same without slashes, as AWS's documentation writes it. */
  public static String withoutSlashes(WebProxy proxy) {
    return proxy.scheme().text() + ":" + credentials(proxy) + proxy.address();
  }

  private static String credentials(WebProxy proxy) {
    return proxy
        .credentials()
        .map(user -> encoded(user.user()) + ":" + encoded(user.password()) + "@")
        .orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
