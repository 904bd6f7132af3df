package io.iottunnel.adapters.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.http.Challenges;
import io.iottunnel.domain.http.DigestAlgorithm;
import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.Utf8;
import io.iottunnel.domain.webproxy.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That HttpClient's scheme, kept from what it does otherwise, does what RFC 7616 says. */
class HttpClientDigestTest {

  private static final String TARGET = "[2001:db8::1]:443";
  private static final Credentials USER = new Credentials("J\u00e4s\u00f8n \"D\"", "S\u00e4cret");
  private static final String REALM = Utf8.bytes("Gr\u00f6\u00dfe \"R\"");

  @ParameterizedTest
  @CsvSource({
    "MD5, MD5, false",
    "md5-sess, MD5, true",
    "SHA-256, SHA-256, false",
    "SHA-256-sess, SHA-256, true",
    "SHA-512-256, SHA-512-256, false",
  })
  void hashesTheBytesAsTheyCame(String written, String known, boolean session) {
    HttpClientDigest digest =
        digest(", qop=\"auth-int auth\", opaque=\"o\\\\\", algorithm=" + written);
    digest.authorization("CONNECT", TARGET);
    String value = digest.authorization("CONNECT", TARGET);

    DigestAlgorithm h = DigestAlgorithm.of(Optional.of(known)).orElseThrow();
    Map<String, String> sent = parameters(value);
    String cnonce = sent.get("cnonce");
    String ha1 = ha1(h);
    String key = session ? h.hash(ha1, "n", cnonce) : ha1;
    assertEquals(
        h.hash(key, "n", "00000002", cnonce, "auth", h.hash("CONNECT", TARGET)),
        sent.get("response"),
        value);
    assertEquals(written, sent.get("algorithm"), value);
    assertEquals("o\\", sent.get("opaque"), value);
    assertEquals(REALM, sent.get("realm"), value);
    assertTrue(value.contains("qop=auth, nc=00000002,"), value);
  }

  /** RFC 2069, by which some still go. */
  @Test
  void doesWithoutQop() {
    String value = digest("").authorization("CONNECT", TARGET);
    DigestAlgorithm md5 = DigestAlgorithm.of(Optional.empty()).orElseThrow();
    assertEquals(
        "Digest username=\""
            + Utf8.bytes("J\u00e4s\u00f8n \\\"D\\\"")
            + "\", realm="
            + Utf8.quoted(REALM)
            + ", nonce=\"n\", uri=\""
            + TARGET
            + "\", response=\""
            + md5.hash(ha1(md5), "n", md5.hash("CONNECT", TARGET))
            + "\"",
        value);
  }

  @ParameterizedTest
  @ValueSource(strings = {", charset=UTF-8", ", userhash=true", ""})
  void hashesTheNameItselfHoweverItIsWritten(String parameter) {
    String value = digest(parameter).authorization("CONNECT", TARGET);
    DigestAlgorithm md5 = DigestAlgorithm.of(Optional.empty()).orElseThrow();
    assertEquals(
        md5.hash(ha1(md5), "n", md5.hash("CONNECT", TARGET)), parameters(value).get("response"));
    String username = challenge(parameter).username(USER.user());
    assertTrue(value.startsWith("Digest " + username + ", realm="), value);
  }

  private static String ha1(DigestAlgorithm algorithm) {
    return algorithm.hash(Utf8.bytes(USER.user()), REALM, Utf8.bytes(USER.password()));
  }

  private static Map<String, String> parameters(String value) {
    return Challenges.parameters(value.substring("Digest ".length()));
  }

  private static HttpClientDigest digest(String parameters) {
    return new HttpClientDigest(challenge(parameters), USER);
  }

  private static DigestChallenge challenge(String parameters) {
    String field = "Digest realm=" + Utf8.quoted(REALM) + ", nonce=n" + parameters;
    return DigestChallenge.strongest(new Challenges(List.of(field))).orElseThrow();
  }
}
