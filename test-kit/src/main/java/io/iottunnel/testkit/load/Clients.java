package io.iottunnel.testkit.load;

import io.iottunnel.testkit.load.Pair.Source;
import io.iottunnel.testkit.load.Weather.Moment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries out talks, and judges them. Thread-safe. */
final class Clients {

  /** By when an application has heard of a client that was not turned away. */
  private static final long REFUSED_SECONDS = 10;

  private final Pair pair;
  private final Ledger ledger;
  private final Side side;
  private final Weather weather;

  Clients(Pair pair, Ledger ledger, Side side, Weather weather) {
    this.pair = pair;
    this.ledger = ledger;
    this.side = side;
    this.weather = weather;
  }

  /**
   * Carries out {@code talk} at {@code source}, unless another has taken its place; returns whether
   * the client got all it wanted.
   */
  boolean run(Source source, Talk talk) {
    Semaphore turns = source.turnsAt(talk.service());
    turns.acquireUninterruptibly();
    Moment begin = weather.now();
    ledger.begin(talk);
    try {
      if (!pair.source().equals(source)) {
        return false; // it was replaced while this client waited
      }
      Optional<IOException> broken = converse(source, talk);
      judge(source, talk, begin, broken);
      return broken.isEmpty();
    } catch (AssertionError e) {
      ledger.mistake(talk.toString(), e);
      return false;
    } finally {
      ledger.end(talk);
      turns.release();
    }
  }

  /** Plays the client; returns what broke it, if anything did. */
  private Optional<IOException> converse(Source source, Talk talk) {
    int port = source.running().port(talk.service());
    try (Line line = new Line(new Socket(InetAddress.getLoopbackAddress(), port), talk.slow())) {
      line.send(talk.number());
      side.client(line, talk);
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the client hangs", e);
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void judge(Source source, Talk talk, Moment begin, Optional<IOException> broken) {
    if (!talk.manner().isWhole()) {
      ledger.count("reset on purpose");
      return;
    }
    boolean heard = broken.isEmpty() && awaitHeard(talk, begin, source.isForMany());
    if (heard) {
      ledger.whole(talk);
    } else if (!weather.fairSince(begin)) {
      ledger.count("hit by a fault");
    } else if (!source.isForMany() && !talk.begun().isDone()) {
      // One client at a time: who comes while the last one's end is on its way is turned away.
      ledger.count("turned away");
    } else {
      throw new AssertionError(
          "cut short although nothing disturbed it; client: "
              + broken.map(Throwable::toString).orElse("whole")
              + ", application: "
              + talk.heard());
    }
  }

  /** Waits until the application's side is over, or may have been disturbed. */
  private boolean awaitHeard(Talk talk, Moment begin, boolean begins) {
    long start = System.nanoTime();
    while (true) {
      try {
        return talk.heard().get(1, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        return false;
      } catch (TimeoutException e) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        boolean turnedAway = !begins && !talk.begun().isDone() && seconds >= REFUSED_SECONDS;
        if (!weather.fairSince(begin)
            || turnedAway
            || seconds * 1_000 > Line.LIMIT_MILLIS + REFUSED_SECONDS * 1_000) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
