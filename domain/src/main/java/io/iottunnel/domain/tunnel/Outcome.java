package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.LocalProxyException;

/** How a local proxy ended. */
public sealed interface Outcome {

  /** Calls the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    R tunnelClosed(TunnelClosed outcome);

    R stopped(Stopped outcome);

    R connectionOver(ConnectionOver outcome);

    R failed(Failed outcome);
  }

  /** The tunnel itself is over: closed by its owner, or expired. */
  record TunnelClosed(String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tunnelClosed(this);
    }
  }

  /** It was asked to stop, and did so in order. */
  record Stopped() implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopped(this);
    }
  }

  /** The one connection that it was for is over, and everything is delivered. */
  record ConnectionOver() implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectionOver(this);
    }
  }

  /** It cannot go on, and why. */
  record Failed(LocalProxyException reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.failed(this);
    }
  }
}
