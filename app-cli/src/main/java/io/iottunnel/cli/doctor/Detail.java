package io.iottunnel.cli.doctor;

import io.iottunnel.domain.Printable;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxySelection.Exemption;
import io.iottunnel.ports.ConnectAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was seen of a hop, as data. All text is fit for display. */
public sealed interface Detail {

  /** Nothing was seen. */
  Detail NONE = new Nothing();

  /** Calls the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One method for each kind of detail. */
  interface Cases<R> {
    R nothing(Nothing detail);

    R choice(Choice detail);

    R addresses(Addresses detail);

    R certificate(Certificate detail);

    R attempts(Attempts detail);

    R session(Session detail);
  }

  /** Nothing was seen. */
  record Nothing() implements Detail {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nothing(this);
    }
  }

  /**
   * Which web proxy was chosen.
   *
   * @param origin the place that said it
   * @param exemption what exempts the service from it
   */
  record Choice(Optional<String> origin, Optional<Exemption> exemption) implements Detail {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.choice(this);
    }
  }

  /** IP addresses, in the order in which they were tried. */
  record Addresses(List<String> ips) implements Detail {
    public Addresses {
      ips = List.copyOf(ips);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.addresses(this);
    }
  }

  /**
   * Whose certificate was shown.
   *
   * @param protocol the version of TLS
   * @param inspected whether somebody on the way seems to have issued it; said of the service alone
   */
  record Certificate(
      String protocol,
      String subject,
      String issuer,
      String sha256,
      Instant notBefore,
      Instant notAfter,
      Optional<Boolean> inspected)
      implements Detail {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.certificate(this);
    }
  }

  /** The answers to CONNECT, in their order. */
  record Attempts(List<Attempt> attempts) implements Detail {
    public Attempts {
      attempts = List.copyOf(attempts);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.attempts(this);
    }
  }

  /**
   * One answer to CONNECT.
   *
   * @param authenticatedBy how the request authenticated, if it did
   * @param offered the schemes by which the answer asks to authenticate
   */
  record Attempt(
      Optional<Authentication> authenticatedBy, int status, String reason, List<String> offered) {

    private static final int LONGEST_SHOWN = 100;

    static Attempt of(ConnectAnswer answer) {
      return new Attempt(
          answer.authenticatedBy(),
          answer.status(),
          Printable.of(answer.reason(), LONGEST_SHOWN),
          answer.offered().stream().map(scheme -> Printable.of(scheme, LONGEST_SHOWN)).toList());
    }
  }

  /**
   * A WebSocket that was up.
   *
   * @param channelId the service's name for it
   */
  record Session(Optional<String> channelId, String subprotocol) implements Detail {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.session(this);
    }
  }
}
