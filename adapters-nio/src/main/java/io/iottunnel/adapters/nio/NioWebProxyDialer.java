package io.iottunnel.adapters.nio;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.ByteStream;
import io.iottunnel.ports.ConnectDialog;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.WebProxyDialer;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * Reaches the service through a web proxy, on a {@link NioLoop}: DNS, TCP and, to an https web
 * proxy, TLS are done here; what is said over them is the affair of a {@link ConnectDialog}.
 */
public final class NioWebProxyDialer implements WebProxyDialer {

  private final NioLoop loop;
  private final ConnectDialog.Factory dialogs;
  private final SSLContext tls;
  private final DialLimits limits;
  private final TcpDialer tcp;

  /**
   * @param tls for https web proxies. Its trust manager is asked to check the host name too; one
   *     that checks nothing, as {@link Trust#checkingNothing} has it, checks no names either
   */
  public NioWebProxyDialer(
      NioLoop loop, ConnectDialog.Factory dialogs, SSLContext tls, DialLimits limits) {
    this.loop = loop;
    this.dialogs = dialogs;
    this.tls = tls;
    this.limits = limits;
    this.tcp = TcpDialer.ofTunnel(loop, limits);
  }

  @Override
  public CompletableFuture<ByteStream> dial(
      WebProxy proxy, HostAndPort service, DialObserver observer) {
    ConnectDialog dialog = dialogs.begin(proxy, service, observer::connectAnswered);
    WebProxyDial dial = new WebProxyDial(loop, tcp, tls, limits, proxy, dialog, observer);
    loop.execute(dial::start);
    return dial.result();
  }
}
