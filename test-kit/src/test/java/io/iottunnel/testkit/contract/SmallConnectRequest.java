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
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One CONNECT request and its answer, over blocking streams. */
final class SmallConnectRequest {

  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int LONGEST_QUOTE = 200;
  private static final String RESPONSE = ".*response=\"(\\w+)\".*";
  private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/1\\.[01]) (\\d{3})(?: (.*))?");
  private static final Pattern CHALLENGES =
      Pattern.compile(", *(?=[A-Z]\\w+( |,|$))(?=([^\"]*\"[^\"]*\")*[^\"]*$)");
  private static final Set<String> SECRET =
      Set.of("set-cookie", "proxy-authenticate", "proxy-authentication-info");

  private final WebProxy proxy;
  private final HostAndPort service;
  private final DialObserver observer;
  private final UnaryOperator<String> edit;
  private final SmallLogin login;
  private String sent = "";
  private int headBytes;

  SmallConnectRequest(
      WebProxy proxy,
      HostAndPort service,
      DialObserver observer,
      UnaryOperator<String> edit,
      SmallLogin login) {
    this.proxy = proxy;
    this.service = service;
    this.observer = observer;
    this.edit = edit;
    this.login = login;
  }

  /**
   * Sends the request, and again as long as the web proxy asks who this is.
   *
   * @param authorization what to begin with
   * @return what to begin with on another connection; empty where the tunnel is open, and {@code
   *     in} right behind the answer
   */
  Optional<String> send(String authorization, OutputStream out, InputStream in) {
    String next = authorization;
    boolean kept = false;
    try {
      while (true) {
        headBytes = 0;
        request(out, next);
        ConnectAnswer answer = answer(in);
        while (answer.status() < 200) {
          answer = answer(in);
        }
        tell(answer);
        if (answer.status() < 300) {
          return Optional.empty();
        }
        List<String> challenges = challenges(answer).toList();
        boolean bound = login.isBound(challenges);
        kept = answer.status() == 407 && SmallBody.isKept(answer, in);
        next = challenged(answer, challenges, bound && !kept, in);
        if (!kept) {
          return Optional.of(next);
        }
      }
    } catch (IOException e) {
      SmallTls.throwIfItIsAboutOurs(e, proxy.address());
      Optional<String> again = kept && headBytes == 0 ? login.again() : Optional.empty();
      return Optional.of(again.orElseThrow(() -> gone(e)));
    }
  }

  private String challenged(
      ConnectAnswer answer, List<String> challenges, boolean cut, InputStream in) {
    Optional<String> next = Optional.empty();
    if (answer.status() == 407) {
      next = cut ? login.again() : login.next(challenges);
    }
    return next.orElseThrow(() -> refusal(answer, in));
  }

  private void request(OutputStream out, String authorization) throws IOException {
    String field = authorization.isEmpty() ? "" : "Proxy-Authorization: " + authorization + "\r\n";
    String request =
        "CONNECT %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: small\r\n%s\r\n"
            .formatted(service, service, field);
    out.write(edit.apply(request).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    sent = authorization;
    observer.connectSent();
  }

  private void tell(ConnectAnswer answer) {
    observer.connectAnswered(
        new ConnectAnswer(
            answer.version(),
            answer.status(),
            answer.reason(),
            answer.headers().stream()
                .filter(h -> !SECRET.contains(h.name().toLowerCase(Locale.ROOT)))
                .toList(),
            Stream.of(Authentication.values())
                .filter(scheme -> sent.toLowerCase(Locale.ROOT).startsWith(scheme.text() + " "))
                .findFirst(),
            challenges(answer).map(value -> value.split(" ", 2)[0]).toList()));
  }

  private UnreachableException gone(IOException reason) {
    return new UnreachableException(
        "web proxy "
            + proxy
            + " went away or said nothing (if it wants TLS, use https://): "
            + reason);
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
    Optional<Duration> retryAfter = values(answer, "Retry-After").map(SmallConnectRequest::waiting);
    Retry retry =
        switch (answer.status()) {
          case 407 -> Retry.NEVER;
          case 401 -> sent.isEmpty() ? Retry.AFTER_A_SESSION : Retry.NEVER;
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
                quote(
                    answer.status() == 407 ? login.story() : SmallBody.text(answer, in),
                    LONGEST_QUOTE));
    return new WebProxyRefusedException(message, retry, answer.status(), retryAfter);
  }

  private static Duration waiting(String retryAfter) {
    return retryAfter.matches("\\d+")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.between(
            Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter)));
  }

  /** The challenges, of which several may share a field: a comma and the name of a scheme. */
  private static Stream<String> challenges(ConnectAnswer answer) {
    return all(answer, "Proxy-Authenticate").flatMap(CHALLENGES::splitAsStream);
  }

  static Optional<String> values(ConnectAnswer answer, String name) {
    return all(answer, name).reduce((one, other) -> one + ", " + other);
  }

  private static Stream<String> all(ConnectAnswer answer, String name) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value);
  }

  private String quote(String text, int most) {
    String masked = text;
    for (String secret : secrets()) {
      masked = masked.replace(secret, "***");
    }
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

  private List<String> secrets() {
    return Stream.concat(
            Stream.of(sent.substring(sent.indexOf(' ') + 1), sent.replaceFirst(RESPONSE, "$1")),
            proxy.credentials().map(DialerBench::base64).stream())
        .filter(secret -> !secret.isEmpty())
        .toList();
  }
}
