package io.iottunnel.adapters.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.DigestAlgorithm;
import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.webproxy.Credentials;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestAuthorizationTest {

  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  /** RFC 7616 section 3.9.1. */
  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
  })
  void hashesAsTheExamplesOfTheRfc(String algorithm, String response) {
    DigestChallenge challenge =
        strongest(
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
                + algorithm
                + ", nonce=\""
                + NONCE
                + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    String value =
        new DigestAuthorization(challenge, MUFASA, CNONCE).authorization("GET", "/dir/index.html");
    assertEquals(
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\""
            + NONCE
            + "\", uri=\"/dir/index.html\", response=\""
            + response
            + "\", algorithm="
            + algorithm
            + ", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001,"
            + " cnonce=\""
            + CNONCE
            + "\"",
        value);
  }

  /** RFC 7616 section 3.9.2, with the values of its erratum 4897. */
  @Test
  void hashesTheUserWhereThatIsWanted() {
    DigestChallenge challenge =
        strongest(
            "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8,"
                + " userhash=true");
    String value =
        new DigestAuthorization(
                challenge,
                new Credentials("J\u00e4s\u00f8n Doe", "Secret, or not?"),
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v")
            .authorization("GET", "/doe.json");
    assertTrue(
        value.startsWith(
            "Digest username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\","
                + " userhash=true, "),
        value);
    assertTrue(
        value.contains(
            "response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\""),
        value);
  }

  @Test
  void countsTheRequestsOfANonce() {
    DigestAuthorization nonce = mufasa("Digest realm=r, nonce=n, qop=auth");
    assertTrue(nonce.authorization("CONNECT", "h:1").contains("nc=00000001"));
    assertTrue(nonce.authorization("CONNECT", "h:1").contains("nc=00000002"));
  }

  /** RFC 2069, by which some still go. */
  @Test
  void doesWithoutQop() {
    String value = mufasa("Digest realm=\"r\", nonce=\"n\"").authorization("CONNECT", "h:1");
    DigestAlgorithm md5 = DigestAlgorithm.of(Optional.empty()).orElseThrow();
    String response =
        md5.hash(md5.hash("Mufasa", "r", "Circle of Life"), "n", md5.hash("CONNECT", "h:1"));
    assertEquals(
        "Digest username=\"Mufasa\", realm=\"r\", nonce=\"n\", uri=\"h:1\", response=\""
            + response
            + "\"",
        value);
  }

  @Test
  void bindsTheHashToTheNoncesWhereTheAlgorithmIsThatOfASession() {
    String value =
        mufasa("Digest realm=r, nonce=n, qop=auth, algorithm=md5-sess")
            .authorization("CONNECT", "h:1");
    String cnonce = Challenges.parameters(value.substring("Digest ".length())).get("cnonce");
    DigestAlgorithm md5 = DigestAlgorithm.of(Optional.empty()).orElseThrow();
    String ha1 = md5.hash(md5.hash("Mufasa", "r", "Circle of Life"), "n", cnonce);
    String response = md5.hash(ha1, "n", "00000001", cnonce, "auth", md5.hash("CONNECT", "h:1"));
    assertTrue(value.contains("response=\"" + response + "\", algorithm=md5-sess"), value);
  }

  private static DigestAuthorization mufasa(String challenge) {
    return new DigestAuthorization(strongest(challenge), MUFASA);
  }

  private static DigestChallenge strongest(String challenge) {
    return DigestChallenge.strongest(new Challenges(List.of(challenge))).orElseThrow();
  }
}
