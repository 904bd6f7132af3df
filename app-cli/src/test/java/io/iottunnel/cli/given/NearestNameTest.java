package io.iottunnel.cli.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("access-token", "region", "mode", "verbose");

  @ParameterizedTest
  @CsvSource({
    "acess-token, access-token",
    "accesstoken, access-token",
    "access_token, access-token",
    "regoin, region",
    "regions, region",
    "moed, mode",
    "mode, mode",
    "destination, ''",
    "x, ''",
    "'', ''"
  })
  void aMistypedNameIsKnownByItsFewMistakes(String mistyped, String meant) {
    assertEquals(
        Optional.of(meant).filter(name -> !name.isEmpty()), NearestName.of(mistyped, KNOWN));
  }

  @Test
  void theNearestOfSeveralIsTaken() {
    assertEquals(
        Optional.of("web-proxy-ca"),
        NearestName.of("web-proxy-c", List.of("web-proxy-cert", "web-proxy-ca")));
  }

  @Test
  void whatIsLongerThanAnyNameIsNotCompared() {
    assertEquals(Optional.empty(), NearestName.of("m".repeat(1 << 20), KNOWN));
  }

  @Test
  void theQuestionIsPutOnlyWhereSomethingIsNear() {
    assertEquals("; did you mean 'region'?", NearestName.question("regio", KNOWN));
    assertEquals("", NearestName.question("something", KNOWN));
  }
}
