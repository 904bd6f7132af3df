package io.iottunnel.testkit.webproxy;

import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import io.iottunnel.testkit.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Tokens for Negotiate that no KDC made, for tests, and that {@link NegotiateLogin} understands.
 * There is no ticket until there is to be one. Thread-safe.
 */
public final class FakeTokens implements NegotiateTokens {

  /** What is wrong as long as there is no ticket. */
  public static final String NO_TICKET = "there is no ticket in the test's cache: run kinit";

  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final Set<String> closed = new HashSet<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean ticket;

  /** Without a ticket. */
  public FakeTokens() {}

  /** From now on there is a ticket. */
  public FakeTokens withTicket() {
    ticket = true;
    return this;
  }

  /** From now on every token waits for {@link #release}, as for a KDC that is slow. */
  public FakeTokens held() {
    gate = new CountDownLatch(1);
    return this;
  }

  /** Lets go of those that wait. */
  public void release() {
    gate.countDown();
  }

  /** Waits until the first exchange begins. */
  public void awaitAsked() {
    Deadline.await(asked, "the question for a token");
  }

  /** The hosts for which tokens were wanted, one for each exchange. */
  public List<String> hosts() {
    return List.copyOf(hosts);
  }

  /** Waits until {@code count} exchanges have been closed. */
  public void awaitClosed(int count) {
    Deadline.await(closed, () -> closed.size() >= count, count + " exchanges that are closed");
  }

  @Override
  public Exchange begin(String host) throws NegotiateException {
    asked.countDown();
    pass();
    if (!ticket) {
      throw new NegotiateException(NO_TICKET);
    }
    hosts.add(host);
    return new FakeExchange(hosts.size() + "");
  }

  /** Where the dialer is closed meanwhile, its threads are interrupted. */
  private void pass() throws NegotiateException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NegotiateException("interrupted while waiting for the KDC", e);
    }
  }

  /** What {@link NegotiateLogin} wants to see as the token number {@code leg} of an exchange. */
  static String token(String exchange, int leg, String received) {
    return "exchange " + exchange + ", leg " + leg + ", after '" + received + "'";
  }

  private final class FakeExchange implements Exchange {
    private final String name;
    private int leg;

    FakeExchange(String name) {
      this.name = name;
    }

    @Override
    public byte[] next(byte[] received) {
      String text = new String(received, StandardCharsets.US_ASCII);
      return token(name, ++leg, text).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
      synchronized (closed) {
        closed.add(name);
        closed.notifyAll();
      }
    }
  }
}
