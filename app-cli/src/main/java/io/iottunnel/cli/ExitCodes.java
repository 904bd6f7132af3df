package io.iottunnel.cli;

import io.iottunnel.domain.CertificateNotTrustedException;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HandshakeRejectedException;
import io.iottunnel.domain.ListenFailedException;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.RetriesUsedUpException;
import io.iottunnel.domain.ServicesMismatchException;
import io.iottunnel.domain.TokenRevokedException;
import io.iottunnel.domain.UnreachableException;
import io.iottunnel.domain.WebProxyRefusedException;
import io.iottunnel.domain.tunnel.Outcome;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** With which code the process ends. Scripts rely on these. */
final class ExitCodes {

  /** The tunnel is over, or we were asked to stop. */
  static final int OK = 0;

  /** Something was given that cannot be used. */
  static final int USAGE = 1;

  /** Anything that was not foreseen. */
  static final int UNFORESEEN = 70;

  private static final Map<Class<? extends LocalProxyException>, Integer> CODES =
      Map.of(
          ConfigurationException.class, USAGE,
          HandshakeRejectedException.class, 3,
          TokenRevokedException.class, 3,
          WebProxyRefusedException.class, 4,
          ServicesMismatchException.class, 5,
          ListenFailedException.class, 6,
          CertificateNotTrustedException.class, 7,
          UnreachableException.class, 8,
          RetriesUsedUpException.class, 8);

  private static final SortedMap<Integer, String> MEANINGS =
      new TreeMap<>(
          Map.of(
              OK,
              "The tunnel was closed or expired, or the process was asked to end",
              USAGE,
              "An option, a variable, a file or a value cannot be used",
              3,
              "The access token was refused, or replaced by a new one",
              4,
              "The web proxy refused us",
              5,
              "The services given are not the tunnel's",
              6,
              "A local port cannot be listened on",
              7,
              "A certificate is not trusted",
              8,
              "The attempts to connect are used up",
              UNFORESEEN,
              "Something unforeseen; -v 5 shows where"));

  private ExitCodes() {}

  /** What each code means, in a few words without a full stop at the end. */
  static SortedMap<Integer, String> meanings() {
    return Collections.unmodifiableSortedMap(MEANINGS);
  }

  static int of(Throwable reason) {
    return CODES.getOrDefault(reason.getClass(), UNFORESEEN);
  }

  static int of(Outcome outcome) {
    return outcome.match(
        new Outcome.Cases<Integer>() {
          @Override
          public Integer tunnelClosed(Outcome.TunnelClosed closed) {
            return OK;
          }

          @Override
          public Integer stopped(Outcome.Stopped stopped) {
            return OK;
          }

          @Override
          public Integer connectionOver(Outcome.ConnectionOver over) {
            return OK;
          }

          @Override
          public Integer failed(Outcome.Failed failed) {
            return of(failed.reason());
          }
        });
  }
}
