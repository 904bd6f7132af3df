package io.iottunnel.cli.doctor;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.domain.webproxy.WebProxyUrl;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.ports.UpgradeRequest;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Goes the way to the service once, hop by hop, with the adapters that a tunnel would go it with,
 * and tells what it meets. It asks the service for nothing, unless it is given a request to make.
 */
public final class Examination {

  private static final int NORMAL_CLOSURE = 1000;

  private final WebProxySelection selection;
  private final HostAndPort service;
  private final Optional<UpgradeRequest> upgrade;
  private final List<String> warnings;
  private final HopLog log;
  private Optional<LocalProxyException> failure = Optional.empty();

  /**
   * Which way is examined, and how.
   *
   * @param upgrade what to ask the service for at the end; it spends the access token
   * @param warnings what is to be known about what the user wants
   * @param checked whether certificates are checked
   */
  public record Order(
      WebProxySelection selection,
      HostAndPort service,
      Optional<UpgradeRequest> upgrade,
      List<String> warnings,
      boolean checked) {}

  /**
   * What an examination cannot find out by itself.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param isPublic whether a public authority vouches for a chain of certificates
   */
  public record Reference(
      InstantSource clock, LongSupplier nanoTime, Predicate<List<X509Certificate>> isPublic) {}

  public Examination(Order order, Reference reference) {
    this.selection = order.selection();
    this.service = order.service();
    this.upgrade = order.upgrade();
    this.warnings = order.warnings();
    this.log =
        new HopLog(
            hops(),
            selection.url().map(url -> url.webProxy().address()).orElse(service),
            new Certificates(reference.clock(), order.checked(), reference.isPublic()),
            new Remedies(selection, service),
            new Stopwatch(reference.nanoTime()));
  }

  private List<Hop> hops() {
    List<Hop> hops = new ArrayList<>(List.of(Hop.ENVIRONMENT, Hop.DNS, Hop.TCP));
    selection
        .url()
        .map(WebProxyUrl::webProxy)
        .ifPresent(
            proxy -> {
              if (proxy.scheme() == WebProxy.Scheme.HTTPS) {
                hops.add(Hop.WEB_PROXY_TLS);
              }
              hops.add(Hop.CONNECT);
            });
    hops.add(Hop.SERVICE_TLS);
    upgrade.ifPresent(request -> hops.add(Hop.UPGRADE));
    return hops;
  }

  /**
   * Goes the way, and waits until that is done: every stage has a time limit.
   *
   * @return a report of each hop
   */
  public List<HopReport> run(Instruments with) {
    log.environment(selection, warnings);
    try {
      CompletableFuture<ByteStream> dialing = with.dialing().dial(service, log);
      log.underway();
      ByteStream way = await(dialing);
      log.dialed();
      log.secured(service, await(with.probe().probe(way, service)));
      if (upgrade.isPresent()) {
        ByteStream another = await(with.dialing().dial(service, DialObserver.NONE));
        TunnelSession session = await(with.transport().open(another, upgrade.get(), new Deaf()));
        log.upgraded(session);
        session.close(NORMAL_CLOSURE, "");
      }
    } catch (LocalProxyException e) {
      failure = Optional.of(e);
      log.failed(e);
    }
    return log.reports();
  }

  /** What ended the way, if it did not lead to its end. */
  public Optional<LocalProxyException> failure() {
    return failure;
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof LocalProxyException known ? known : e;
    }
  }

  /** A session that is closed at once has nothing to tell. */
  private static final class Deaf implements SessionListener {
    @Override
    public void secured() {}

    @Override
    public void frame(ByteBuffer payload) {}

    @Override
    public void pong(ByteBuffer payload) {}

    @Override
    public void alive() {}

    @Override
    public void ended(SessionEnd end) {}
  }
}
