package io.iottunnel.testkit.contract;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.Secrets;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.ports.dialog.AnswerReader;
import io.iottunnel.ports.dialog.AuthenticationSchemes;
import io.iottunnel.ports.dialog.ConnectCourse;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What makes the smallest dialog that passes {@link ConnectDialogContract}: it knows what Digest
 * looks like, and nothing of hashing.
 */
final class SmallDialog implements ConnectCourse.Speech, AuthenticationSchemes {

  static ConnectDialog.Factory factory() {
    SmallDialog small = new SmallDialog();
    ConnectCourse.Factory courses = new ConnectCourse.Factory(small, NegotiateTokens.NONE);
    return (proxy, service, onAnswer) -> courses.begin(proxy, service, onAnswer, small);
  }

  @Override
  public ByteBuffer request(Optional<String> authorization) {
    return ByteBuffer.wrap(DialogBench.bytes("CONNECT " + authorization.orElse("")));
  }

  @Override
  public AnswerReader reader(Secrets secrets) {
    return new SmallAnswerReader(secrets);
  }

  @Override
  public String basic(Credentials credentials) {
    return "Basic " + credentials.basic();
  }

  @Override
  public Digest digest(DigestChallenge challenge, Credentials credentials) {
    return (method, uri) -> "Digest " + challenge.username(credentials.user());
  }
}
