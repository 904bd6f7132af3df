package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.LocalProxyException.Retry;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServicesMismatchException;
import io.iottunnel.domain.TokenRevokedException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.tunnel.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodesTest {

  @ParameterizedTest
  @MethodSource
  void everyFailureHasItsCode(LocalProxyException reason, int code) {
    assertEquals(code, ExitCodes.of(new Outcome.Failed(reason)));
  }

  static Stream<Arguments> everyFailureHasItsCode() {
    Throwable cause = new IOException();
    return Stream.of(
        Arguments.of(new ConfigurationException(""), 1),
        Arguments.of(
            new HandshakeRejectedException(
                "", Retry.NEVER, 400, Optional.empty(), false, Optional.empty()),
            3),
        Arguments.of(new TokenRevokedException(""), 3),
        Arguments.of(new WebProxyRefusedException("", Retry.NEVER, 407), 4),
        Arguments.of(new ServicesMismatchException(""), 5),
        Arguments.of(new ListenFailedException("", cause), 6),
        Arguments.of(new CertificateNotTrustedException("", Retry.NEVER, cause), 7),
        Arguments.of(new RetriesUsedUpException(""), 8));
  }

  @Test
  void aTunnelThatIsOverAndAProcessThatWasStoppedAreSuccess() {
    assertEquals(0, ExitCodes.of(new Outcome.TunnelClosed("expired")));
    assertEquals(0, ExitCodes.of(new Outcome.Stopped()));
  }

  @Test
  void anythingElseIsUnforeseen() {
    assertEquals(70, ExitCodes.of(new NullPointerException()));
  }
}
