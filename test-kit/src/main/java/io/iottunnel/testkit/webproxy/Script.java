package io.iottunnel.testkit.webproxy;

import io.iottunnel.domain.webproxy.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a scripted web proxy does with one connection. Runs on the connection's own thread; when it
 * returns, the connection is closed in order, unless a tunnel carries on.
 */
@FunctionalInterface
public interface Script {

  /** The answer of a web proxy that opened the tunnel. */
  String OPENED = "HTTP/1.1 200 Connection established\r\n\r\n";

  /** Plays the script. */
  void play(WebProxyClient client) throws IOException;

  /** A web proxy that works and asks nobody who he is. */
  static Script working() {
    return client -> client.serve(client.request());
  }

  /**
   * A web proxy that works for those who know {@code credentials}, and answers all others with 407,
   * a body behind it, on a connection that stays open.
   */
  static Script basic(Credentials credentials) {
    byte[] pair =
        (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
    String expected = "Basic " + Base64.getEncoder().encodeToString(pair);
    return client -> {
      while (true) {
        ReceivedRequest request = client.request();
        if (request.values("Proxy-Authorization").contains(expected)) {
          client.serve(request);
          return;
        }
        client.send(unauthorized("Basic realm=\"test realm\""));
      }
    };
  }

  /**
   * A web proxy that works for who authenticates by NTLM, version 2, and offers no other scheme.
   *
   * @param domain the Windows domain, which both sides have to agree on
   */
  static Script ntlm(Credentials credentials, String domain) {
    return new NtlmScript(credentials, domain);
  }

  /** Answers every request of a connection with {@code answer}, which opens no tunnel. */
  static Script refusing(String answer) {
    return client -> {
      while (true) {
        client.request();
        client.send(answer);
      }
    };
  }

  /** Answers the first request with {@code answer}, then closes the connection. */
  static Script refusingAndClosing(String answer) {
    return client -> {
      client.request();
      client.send(answer);
    };
  }

  /** Opens the tunnel with {@code answer}: whatever it is, the tunnel's bytes follow it. */
  static Script opening(String answer) {
    return opening(answer, WebProxyClient::send);
  }

  /** Opens the tunnel with {@code answer}, sent in a certain {@code manner}. */
  static Script opening(String answer, Manner manner) {
    return client -> {
      String target = client.request().requireTarget();
      manner.send(client, answer);
      client.connect(target).carry();
    };
  }

  /** How an answer is sent: at once, dripping, split. */
  @FunctionalInterface
  interface Manner {
    void send(WebProxyClient client, String answer) throws IOException;
  }

  /** Sends {@code banner} before anybody asked, as servers do that are no web proxies. */
  static Script greeting(String banner) {
    return client -> {
      client.send(banner);
      client.awaitEnd();
    };
  }

  /** Never says anything. */
  static Script silent() {
    return WebProxyClient::awaitEnd;
  }

  /** Closes every connection at once. */
  static Script closing() {
    return client -> {};
  }

  /** Reads the request and closes without an answer. */
  static Script closingAfterTheRequest() {
    return WebProxyClient::request;
  }

  /** Reads the request and resets the connection. */
  static Script resetting() {
    return client -> {
      client.request();
      client.reset();
    };
  }

  /** Answers 200 with about {@code size} bytes of header fields, and no end of them. */
  static Script floodingHeaders(int size) {
    String field = "X-Filler: " + "x".repeat(1012) + "\r\n";
    return client -> {
      client.request();
      client.send("HTTP/1.1 200 OK\r\n");
      for (int sent = 0; sent < size; sent += field.length()) {
        client.send(field);
      }
      client.awaitEnd();
    };
  }

  /** The answer 407 with these values of {@code Proxy-Authenticate}, and a body. */
  static String unauthorized(String... challenges) {
    String body = "<html>Who are you?</html>";
    StringBuilder answer = new StringBuilder("HTTP/1.1 407 Proxy Authentication Required\r\n");
    for (String challenge : challenges) {
      answer.append("Proxy-Authenticate: ").append(challenge).append("\r\n");
    }
    return answer
        .append("Content-Type: text/html\r\nContent-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }
}
