package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.ConnectDialog.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A dialog under way, with the bytes of the web proxy handed to it as a dialer would. */
final class Talk {

  private final List<ConnectAnswer> told = new ArrayList<>();
  private final List<Step.Send> requests = new ArrayList<>();
  private final StringBuilder left = new StringBuilder();
  private final ConnectDialog dialog;
  private Step last;

  Talk(ConnectDialog.Factory dialogs, WebProxy proxy, HostAndPort service) {
    dialog = dialogs.begin(proxy, service, told::add);
    last = followed(dialog.start());
  }

  private Step followed(Step step) {
    if (step instanceof Step.Send send) {
      requests.add(send);
    }
    return step;
  }

  /** Hands bytes over; those behind the last step are only collected. */
  void receive(byte[] bytes) {
    ByteBuffer received = ByteBuffer.wrap(bytes);
    boolean goesOn = last instanceof Step.Send || last instanceof Step.NeedMore;
    if (goesOn && received.hasRemaining()) {
      last = followed(dialog.receive(received));
    }
    left.append(StandardCharsets.ISO_8859_1.decode(received));
  }

  void receive(String text) {
    receive(DialogBench.bytes(text));
  }

  /** The web proxy closes the connection. */
  void end() {
    last = followed(dialog.endOfStream());
  }

  /** The step that the dialog wanted last. */
  Step last() {
    return last;
  }

  /** Why it was refused, as it must have been. */
  LocalProxyException refused() {
    return assertInstanceOf(Step.Refused.class, last).reason();
  }

  /** What it sent. */
  List<Step.Send> requests() {
    return requests;
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
