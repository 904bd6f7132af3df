package io.iottunnel.cli.fuzz;

import io.iottunnel.adapters.httpclient.HttpClientConnectDialog;
import io.iottunnel.adapters.jetty.JettyConnectDialog;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import io.iottunnel.ports.NegotiateTokens;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What web proxies answer to CONNECT, by both dialogs: any bytes lead to a verdict, to the same one
 * however they are cut, and not one behind it is lost. The first byte of an input says how long the
 * pieces are.
 */
public final class ConnectAnswerFuzz {

  private static final String PASSWORD = "correct-horse-battery-staple";
  private static final HostAndPort SERVICE = new HostAndPort("service.invalid", 443);
  private static final WebProxy PROXY =
      new WebProxy(
          WebProxy.Scheme.HTTP,
          new HostAndPort("proxy.invalid", 3128),
          Optional.of(new Credentials("user", PASSWORD)));

  private ConnectAnswerFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    int pieces = 1 + (input[0] & 0xff);
    check(() -> new JettyConnectDialog.Factory("fuzz", NegotiateTokens.NONE), bytes, pieces);
    check(() -> new HttpClientConnectDialog.Factory("fuzz", NegotiateTokens.NONE), bytes, pieces);
  }

  /** With a factory for each, since those remember web proxies. */
  private static void check(Supplier<ConnectDialog.Factory> dialogs, byte[] bytes, int pieces) {
    String whole = verdict(dialogs.get(), bytes, bytes.length);
    String cut = verdict(dialogs.get(), bytes, pieces);
    Promise.keep(whole.equals(cut), dialogs.get() + ": " + whole + "; in pieces: " + cut);
  }

  /** What becomes of one answer, up to the first step that is not to wait for more of it. */
  private static String verdict(ConnectDialog.Factory dialogs, byte[] bytes, int pieces) {
    ConnectDialog dialog = dialogs.begin(PROXY, SERVICE, answer -> {});
    try {
      dialog.start();
      for (int from = 0; from < bytes.length; from += pieces) {
        ByteBuffer piece = ByteBuffer.wrap(bytes, from, Math.min(pieces, bytes.length - from));
        Step step = dialog.receive(piece);
        if (step instanceof Step.Opened) {
          return "opened, and behind it " + (bytes.length - piece.position());
        }
        if (!(step instanceof Step.NeedMore)) {
          return described(step, from + pieces < bytes.length);
        }
        Promise.keep(!piece.hasRemaining(), "bytes of an answer were left");
      }
      return "at the end: " + described(dialog.endOfStream(), false);
    } finally {
      dialog.close();
    }
  }

  /**
   * @param moreToCome whether bytes are behind that nobody asked for: where they come along with
   *     the answer, the connection is left, and else they are not yet seen
   */
  private static String described(Step step, boolean moreToCome) {
    return step.match(
        new Step.Cases<>() {
          @Override
          public String send(Step.Send send) {
            return "sends again, on a new connection: " + (send.onNewConnection() || moreToCome);
          }

          @Override
          public String needMore(Step.NeedMore more) {
            throw new AssertionError("waits for more behind the end");
          }

          @Override
          public String opened(Step.Opened opened) {
            throw new AssertionError("opened at the end");
          }

          @Override
          public String refused(Step.Refused refused) {
            String message = String.valueOf(refused.reason().getMessage());
            Promise.isFitToBeRead(message);
            Promise.keep(!message.contains(PASSWORD), "the password is in: " + message);
            return message + " " + refused.reason().retry();
          }

          @Override
          public String blocking(Step.Blocking blocking) {
            return "then " + described(blocking.work().get(), moreToCome);
          }
        });
  }
}
