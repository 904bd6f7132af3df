package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.testkit.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The dialogs under test, and bytes for them. */
public final class DialogBench {

  private static final HostAndPort SERVICE = new HostAndPort("service.invalid", 443);
  private static final WebProxy PROXY =
      new WebProxy(WebProxy.Scheme.HTTP, new HostAndPort("proxy.invalid", 3128), Optional.empty());

  /** So many cuts are tried at most; of a longer answer some places are left out. */
  private static final int CUTS = 200;

  private final ConnectDialog.Factory dialogs;

  DialogBench(ConnectDialog.Factory dialogs) {
    this.dialogs = dialogs;
  }

  /** A dialog that has asked, without credentials. */
  Talk begin() {
    return new Talk(dialogs, PROXY, SERVICE);
  }

  /** A dialog that has asked without credentials, and will answer a challenge of Digest. */
  Talk beginWithDigest() {
    return new Talk(
        dialogs,
        PROXY.withCredentials(Secrets.credentials()).withAuthentication(Authentication.DIGEST),
        SERVICE);
  }

  /**
   * Has {@code check} look at a dialog for each place where {@code answer} can be cut in two, and
   * at one that receives it byte by byte.
   */
  void atEverySplit(String answer, Consumer<Talk> check) {
    byte[] bytes = bytes(answer);
    int step = Math.max(1, bytes.length / CUTS);
    for (int cut = 0; cut < bytes.length; cut += step) {
      Talk talk = begin();
      receiveCut(talk, bytes, cut);
      check.accept(talk);
    }
    Talk dripping = begin();
    for (byte b : bytes) {
      dripping.receive(new byte[] {b});
    }
    check.accept(dripping);
  }

  static void receiveCut(Talk talk, byte[] bytes, int cut) {
    talk.receive(Arrays.copyOfRange(bytes, 0, cut));
    talk.receive(Arrays.copyOfRange(bytes, cut, bytes.length));
  }

  static byte[] bytes(String answer) {
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A head with {@code count} fields like {@code field}. */
  static String headOf(String field, int count) {
    return "HTTP/1.1 200 OK\r\n" + (field + "\r\n").repeat(count) + "\r\n";
  }
}
