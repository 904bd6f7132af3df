package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dialog under way. What is received behind the last step is only collected, and work that would
 * block is done at once.
 */
final class Talk {

  static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP, new HostAndPort("proxy.example.com", 3128), Optional.empty());
  static final Credentials USER = new Credentials("jürgen", "s3cret:p@ss");
  static final WebProxy WITH_CREDENTIALS = PROXY.withCredentials(USER);

  private static final Pattern AUTHORIZATION = Pattern.compile("Proxy-Authorization: (.*)\r\n");

  private final List<ConnectAnswer> told = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final StringBuilder left = new StringBuilder();
  private final ConnectDialog dialog;
  private Step last;

  private Talk(ConnectDialog.Factory factory, WebProxy proxy) {
    dialog = factory.begin(proxy, SERVICE, told::add);
    last = followed(dialog.start());
  }

  static Talk with(WebProxy proxy) {
    return with(new JettyConnectDialog.Factory("localproxy/test"), proxy);
  }

  static Talk with(ConnectDialog.Factory factory, WebProxy proxy) {
    return new Talk(factory, proxy);
  }

  /** These lines and a blank one. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private Step followed(Step step) {
    if (step instanceof Step.Blocking blocking) {
      return followed(blocking.work().get());
    }
    if (step instanceof Step.Send send) {
      String request = StandardCharsets.ISO_8859_1.decode(send.request()).toString();
      Matcher authorization = AUTHORIZATION.matcher(request);
      requests.add(
          (send.onNewConnection() ? "anew: " : "")
              + (authorization.find() ? authorization.group(1) : "nothing"));
    }
    return step;
  }

  /** An answer of these lines, with the blank one behind them. */
  void answer(String... lines) {
    receive(head(lines).getBytes(StandardCharsets.ISO_8859_1));
  }

  void receive(byte[] bytes) {
    ByteBuffer received = ByteBuffer.wrap(bytes);
    boolean goesOn = last instanceof Step.Send || last instanceof Step.NeedMore;
    if (goesOn && received.hasRemaining()) {
      last = followed(dialog.receive(received));
    }
    left.append(StandardCharsets.ISO_8859_1.decode(received));
  }

  void end() {
    last = followed(dialog.endOfStream());
  }

  void close() {
    dialog.close();
  }

  Step last() {
    return last;
  }

  /** The message with which the web proxy was found to have refused, for good and all. */
  String refusal() {
    return assertInstanceOf(
            WebProxyRefusedException.class, assertInstanceOf(Step.Refused.class, last).reason())
        .getMessage();
  }

  List<ConnectAnswer> told() {
    return told;
  }

  /** The values of {@code Proxy-Authorization} that were sent. */
  List<String> requests() {
    return requests;
  }

  String left() {
    return left.toString();
  }

  static void everySplit(WebProxy proxy, String answer, Consumer<Talk> check) {
    everySplit(proxy, answer, false, check);
  }

  /** In two pieces, cut at every place, and byte by byte. */
  static void everySplit(WebProxy proxy, String answer, boolean thenClosed, Consumer<Talk> check) {
    byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
    int step = Math.max(1, bytes.length / 500);
    for (int cut = 0; cut < bytes.length; cut += step) {
      Talk talk = with(proxy);
      talk.receive(Arrays.copyOfRange(bytes, 0, cut));
      talk.receive(Arrays.copyOfRange(bytes, cut, bytes.length));
      finish(talk, thenClosed, check);
    }
    Talk dripping = with(proxy);
    for (byte b : bytes) {
      dripping.receive(new byte[] {b});
    }
    finish(dripping, thenClosed, check);
  }

  private static void finish(Talk talk, boolean thenClosed, Consumer<Talk> check) {
    if (thenClosed) {
      assertInstanceOf(Step.NeedMore.class, talk.last());
      talk.end();
    }
    check.accept(talk);
  }
}
