package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestChallengeTest {

  @Test
  void takesTheStrongestThatCanBeAnswered() {
    DigestChallenge strongest =
        strongest(
                "Digest realm=r, nonce=a, qop=auth, algorithm=MD5",
                "Digest realm=r, nonce=b, qop=\"auth-int, auth\", algorithm=SHA-256",
                "Digest realm=r, nonce=c, qop=auth, algorithm=SHA-3",
                "Digest realm=r, nonce=d, qop=auth-int, algorithm=SHA-512-256")
            .orElseThrow();
    assertEquals("b", strongest.nonce());
    assertEquals("n2", strongest.withNonce("n2").nonce());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest realm=r, qop=auth",
        "Digest realm=r, nonce=n, algorithm=SHA-1",
        "Digest realm=r, nonce=n, qop=auth-int",
        "Digest realm=r, nonce=n, algorithm=MD5-sess",
        "Basic realm=r, nonce=n"
      })
  void leavesWhatCannotBeAnswered(String challenge) {
    assertFalse(strongest(challenge).isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice|Digest nonce=n|username=\"alice\"",
        "alice|Digest nonce=n, charset=UTF-8|username=\"alice\"",
        "Zo\u00eb \"Z\"|Digest nonce=n|username=\"Zo\u00c3\u00ab \\\"Z\\\"\"",
        "Zo\u00eb \"Z\"|Digest nonce=n, charset=utf-8|username*=UTF-8''Zo%C3%AB%20%22Z%22",
      })
  void writesTheUserAsTheWebProxyUnderstandsIt(String user, String challenge, String written) {
    assertEquals(written, strongest(challenge).orElseThrow().username(user));
  }

  /** RFC 7616 section 3.9.2, with the values of its erratum 4897. */
  @Test
  void hashesTheUserWhereThatIsWanted() {
    assertEquals(
        "username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\","
            + " userhash=true",
        strongest(
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                    + " nonce=\"n\", charset=UTF-8, userhash=true")
            .orElseThrow()
            .username("J\u00e4s\u00f8n Doe"));
  }

  private static Optional<DigestChallenge> strongest(String... challenges) {
    return DigestChallenge.strongest(new Challenges(List.of(challenges)));
  }
}
