package io.iottunnel.domain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Negotiate, NTLM|Negotiate, NTLM",
        "NTLM, Basic realm=x|NTLM, Basic",
        "Basic realm=\"a, Digest\", Negotiate|Basic, Negotiate",
        "Digest realm = \"a\" , nonce=n,, qop=\"auth,auth-int\" , Basic|Digest, Basic",
        "Basic realm=\"never closed, Digest|Basic",
        ",|no scheme",
      })
  void findsTheSchemesOfAList(String field, String schemes) {
    assertEquals(schemes, new Challenges(List.of(field)).toString());
  }

  @Test
  void knowsTheParametersAndTokensOfEach() {
    Challenges offered =
        new Challenges(
            List.of("Digest REALM=\"a \\\"b\\\"\", stale=TRUE, x=1, X=2", "negotiate YWJj=="));
    Challenge digest = offered.of("digest").findFirst().orElseThrow();
    assertEquals(Map.of("realm", "a \"b\"", "stale", "TRUE", "x", "1"), digest.parameters());
    assertTrue(digest.isTrue("stale"));
    assertFalse(digest.isTrue("x"));
    assertEquals("YWJj==", offered.of("Negotiate").findFirst().orElseThrow().token());
    assertEquals(Optional.of("a \"b\""), offered.realm());
    assertTrue(offered.offer("NEGOTIATE"));
    assertFalse(offered.offer("Basic"));
  }
}
