package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.webproxy.Credentials;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void masksTheLongestFirst() {
    assertEquals("*** *** ok", Secrets.of(List.of("ab", "abc", "")).maskedIn("abc ab ok"));
  }

  @Test
  void masksAPasswordInEveryFormInWhichItTravels() {
    Secrets secrets = new Credentials("alice", "p ä/").secrets();
    assertEquals(
        "***, ***, ***, ***, ***",
        secrets.maskedIn("p ä/, p+%C3%A4%2F, p%20%C3%A4%2F, YWxpY2U6cCDDpC8=, p Ã¤/"));
  }

  @Test
  void anEmptyPasswordMasksNothing() {
    assertEquals("alice", new Credentials("alice", "").secrets().maskedIn("alice"));
  }
}
