package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectAnswer.Header;
import io.iottunnel.ports.DialObserver;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One CONNECT request and its answer, over blocking streams. */
final class SmallConnectRequest {

  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int LONGEST_QUOTE = 200;
  private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[01]) (\\d{3})(?: (.*))?");
  private static final Set<String> SECRET =
      Set.of("set-cookie", "proxy-authenticate", "proxy-authentication-info");

  private final WebProxy proxy;
  private final HostAndPort service;
  private final DialObserver observer;
  private final UnaryOperator<String> edit;
  private int headBytes;

  SmallConnectRequest(
      WebProxy proxy, HostAndPort service, DialObserver observer, UnaryOperator<String> edit) {
    this.proxy = proxy;
    this.service = service;
    this.observer = observer;
    this.edit = edit;
  }

  /** Sends the request; returns when the tunnel is open, {@code in} right behind the answer. */
  void send(OutputStream out, InputStream in) {
    try {
      String authorization =
          proxy
              .credentials()
              .map(user -> "Proxy-Authorization: Basic " + DialerBench.base64(user) + "\r\n")
              .orElse("");
      String request =
          "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: small\r\n%s\r\n"
              .formatted(service, service, authorization);
      out.write(edit.apply(request).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      observer.connectSent();
      ConnectAnswer answer = answer(in);
      while (answer.status() < 200) {
        answer = answer(in);
      }
      observer.connectAnswered(
          new ConnectAnswer(
              answer.version(),
              answer.status(),
              answer.reason(),
              answer.headers().stream()
                  .filter(h -> !SECRET.contains(h.name().toLowerCase(Locale.ROOT)))
                  .toList(),
              proxy.credentials().map(sent -> Authentication.BASIC),
              offered(answer)));
      if (answer.status() >= 300) {
        throw refusal(answer, in);
      }
    } catch (IOException e) {
      throw new UnreachableException(
          "web proxy "
              + proxy
              + " went away or said nothing (if it wants TLS, use https://): "
              + e);
    }
  }

  private static List<String> offered(ConnectAnswer answer) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Proxy-Authenticate"))
        .map(header -> header.value().split(" ", 2)[0])
        .toList();
  }

  private ConnectAnswer answer(InputStream in) throws IOException {
    String start = line(in);
    Matcher line = STATUS_LINE.matcher(start);
    if (!line.matches()) {
      throw notHttp(start);
    }
    List<Header> headers = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      int colon = field.indexOf(':');
      headers.add(new Header(field.substring(0, colon), field.substring(colon + 1).strip()));
    }
    return new ConnectAnswer(
        line.group(1),
        Integer.parseInt(line.group(2)),
        Optional.ofNullable(line.group(3)).orElse(""),
        headers);
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed within the answer");
      }
      if (next == 0x15 && headBytes == 0) {
        throw new WebProxyRefusedException(
            "web proxy " + proxy + " wants TLS on that port: use https://", Retry.NEVER, 0);
      }
      if (++headBytes > LONGEST_HEAD) {
        throw new WebProxyRefusedException(
            "web proxy " + proxy + " sent more than 64 KiB of headers", Retry.WITH_BACKOFF, 0);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private WebProxyRefusedException notHttp(String received) {
    return new WebProxyRefusedException(
        "%s answered, not by HTTP (is this a web proxy?): %s".formatted(proxy, quote(received, 60)),
        Retry.WITH_BACKOFF,
        0);
  }

  private LocalProxyException refusal(ConnectAnswer answer, InputStream in) {
    Optional<Duration> retryAfter =
        values(answer, "Retry-After").map(Long::parseLong).map(Duration::ofSeconds);
    Retry retry =
        switch (answer.status()) {
          case 407 -> Retry.NEVER;
          case 500, 502, 503, 504 -> Retry.WITH_BACKOFF;
          default -> retryAfter.isPresent() ? Retry.WITH_BACKOFF : Retry.AFTER_A_SESSION;
        };
    String message =
        "web proxy %s answered '%s' for %s; offers %s; leads to %s; says %s"
            .formatted(
                proxy,
                quote(answer.status() + " " + answer.reason(), LONGEST_QUOTE),
                service,
                quote(values(answer, "Proxy-Authenticate").orElse("nothing"), LONGEST_QUOTE),
                quote(values(answer, "Location").orElse("nowhere"), LONGEST_QUOTE),
                quote(body(answer, in), LONGEST_QUOTE));
    return new WebProxyRefusedException(message, retry, answer.status(), retryAfter);
  }

  private static Optional<String> values(ConnectAnswer answer, String name) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .reduce((one, other) -> one + ", " + other);
  }

  private static String body(ConnectAnswer answer, InputStream in) {
    StringBuilder body = new StringBuilder();
    boolean chunked = values(answer, "Transfer-Encoding").isPresent();
    int expected = values(answer, "Content-Length").map(Integer::parseInt).orElse(LONGEST_QUOTE);
    try {
      while (body.length() < Math.min(expected, LONGEST_QUOTE)) {
        if (chunked) {
          String size = new String(in.readNBytes(1), StandardCharsets.ISO_8859_1);
          for (int next = in.read(); next != '\n'; next = in.read()) {
            size += (char) next;
          }
          int length = Integer.parseInt(size.strip(), 16);
          body.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
          in.skipNBytes(2);
          expected = length == 0 ? 0 : expected;
        } else {
          int next = in.read();
          if (next < 0) {
            return body.toString();
          }
          body.append((char) next);
        }
      }
    } catch (IOException nothingMore) {
      return body.toString();
    }
    return body.toString();
  }

  private String quote(String text, int most) {
    String masked =
        proxy.credentials().map(user -> text.replace(DialerBench.base64(user), "***")).orElse(text);
    StringBuilder quoted = new StringBuilder();
    masked
        .chars()
        .limit(most)
        .forEach(
            c ->
                quoted.append(
                    c < 0x20 || c >= 0x7f
                        ? "\\x" + Integer.toHexString(c)
                        : Character.toString(c)));
    return quoted.toString();
  }
}
