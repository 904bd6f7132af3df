package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A dialog under way, with the bytes of the web proxy handed to it as a dialer would, in whatever
 * pieces.
 */
final class Talk {

  private final List<ConnectAnswer> told = new ArrayList<>();
  private final StringBuilder left = new StringBuilder();
  private final ConnectDialog dialog;
  private Step last;

  private Talk(ConnectDialog.Factory dialogs, WebProxy proxy, HostAndPort service) {
    dialog = dialogs.begin(proxy, service, told::add);
    last = dialog.start();
  }

  /** Begins a dialog, and takes note of its request. */
  static Talk begin(ConnectDialog.Factory dialogs, WebProxy proxy, HostAndPort service) {
    return new Talk(dialogs, proxy, service);
  }

  /**
   * Has {@code check} look at a dialog for each place where {@code answer} can be cut in two, and
   * at one that receives it byte by byte. Of a long answer some places are left out.
   */
  static void atEverySplit(
      ConnectDialog.Factory dialogs,
      WebProxy proxy,
      HostAndPort service,
      String answer,
      Consumer<Talk> check) {
    byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
    int step = Math.max(1, bytes.length / 500);
    for (int cut = 0; cut < bytes.length; cut += step) {
      Talk talk = begin(dialogs, proxy, service);
      talk.receive(Arrays.copyOfRange(bytes, 0, cut));
      talk.receive(Arrays.copyOfRange(bytes, cut, bytes.length));
      check.accept(talk);
    }
    Talk dripping = begin(dialogs, proxy, service);
    for (byte b : bytes) {
      dripping.receive(new byte[] {b});
    }
    check.accept(dripping);
  }

  /** Hands bytes over; those behind the last step are only collected, as a dialer does. */
  void receive(byte[] bytes) {
    ByteBuffer received = ByteBuffer.wrap(bytes);
    boolean goesOn = last instanceof Step.Send || last instanceof Step.NeedMore;
    if (goesOn && received.hasRemaining()) {
      last = dialog.receive(received);
    }
    left.append(StandardCharsets.ISO_8859_1.decode(received));
  }

  void receive(String text) {
    receive(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The web proxy closes the connection. */
  void end() {
    last = dialog.endOfStream();
  }

  /** The step that the dialog wanted last. */
  Step last() {
    return last;
  }

  /** The answers that the dialog told of. */
  List<ConnectAnswer> told() {
    return told;
  }

  /** The bytes that the dialog did not take. */
  String left() {
    return left.toString();
  }
}
