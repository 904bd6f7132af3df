package io.iottunnel.ports.dialog;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.HttpAnswer;
import io.iottunnel.domain.http.HttpField;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A course under way, with requests that are nothing but the credentials in them. Work that would
 * block is done at once.
 */
final class Talk {

  static final HostAndPort SERVICE = new HostAndPort("data.example.com", 443);
  static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP, new HostAndPort("proxy.example.com", 3128), Optional.empty());
  static final Credentials USER = new Credentials("jürgen", "s3cret:p@ss");
  static final WebProxy WITH_CREDENTIALS = PROXY.withCredentials(USER);

  private final List<ConnectAnswer> told = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final ConnectCourse course;
  private List<String> given = List.of();
  private Step last;

  Talk(ConnectCourse.Factory courses, WebProxy proxy) {
    course = courses.begin(proxy, SERVICE, told::add, new Speech());
    last = followed(course.start());
  }

  /** Schemes that say what they were asked for. */
  static final class Schemes implements AuthenticationSchemes {
    @Override
    public String basic(Credentials credentials) {
      return "Basic " + credentials.user();
    }

    @Override
    public Digest digest(DigestChallenge challenge, Credentials credentials) {
      int[] count = {0};
      return (method, uri) ->
          "Digest %s %s %s %s #%d"
              .formatted(credentials.user(), challenge.nonce(), method, uri, ++count[0]);
    }
  }

  /** Speaks in credentials, and hears answers that are there at once. */
  private final class Speech implements ConnectCourse.Speech {
    @Override
    public ByteBuffer request(Optional<String> authorization) {
      return StandardCharsets.UTF_8.encode(authorization.orElse("nothing"));
    }

    @Override
    public AnswerReader reader(Secrets unspoken) {
      return new Given(unspoken);
    }
  }

  /** The answer that is given next, read from bytes that say nothing. */
  private final class Given implements AnswerReader {
    private final Secrets secrets;

    Given(Secrets secrets) {
      this.secrets = secrets;
    }

    @Override
    public boolean read(ByteBuffer received) {
      return true;
    }

    @Override
    public boolean end() {
      return false;
    }

    @Override
    public boolean isUntouched() {
      return true;
    }

    @Override
    public HttpAnswer answer() {
      String[] status = given.get(0).split(" ", 3);
      return HttpAnswer.received(
          status[0],
          Integer.parseInt(status[1]),
          status[2],
          given.stream()
              .skip(1)
              .map(line -> line.split(": ", 2))
              .map(field -> HttpField.received(field[0], field[1], secrets))
              .toList(),
          new byte[0],
          true,
          secrets);
    }
  }

  private Step followed(Step step) {
    if (step instanceof Step.Blocking blocking) {
      return followed(blocking.work().get());
    }
    if (step instanceof Step.Send send) {
      requests.add(
          (send.onNewConnection() ? "anew: " : "") + StandardCharsets.UTF_8.decode(send.request()));
    }
    return step;
  }

  /** An answer of these lines, read to its end. */
  void answer(String... lines) {
    given = List.of(lines);
    last = followed(course.receive(ByteBuffer.allocate(0)));
  }

  /** The connection ends before an answer. */
  void end() {
    last = followed(course.endOfStream());
  }

  void close() {
    course.close();
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
}
