package io.iottunnel.adapters.nio;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server that one of several sources vouches for, asking them in turn, and says of one
 * that is refused what a person needs to know. For clients only.
 */
final class CheckingTrustManager extends X509ExtendedTrustManager {

  private static final X509Certificate[] NONE = {};

  private final List<TrustSource> sources;

  CheckingTrustManager(List<TrustSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** One way to ask a trust manager. */
  @FunctionalInterface
  private interface Question {
    void ask(X509ExtendedTrustManager manager) throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(
        chain,
        authType,
        Optional.ofNullable(engine.getPeerHost()),
        manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    check(
        chain,
        authType,
        Optional.ofNullable(session).map(SSLSession::getPeerHost),
        manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(
        chain, authType, Optional.empty(), manager -> manager.checkServerTrusted(chain, authType));
  }

  private void check(
      X509Certificate[] chain, String authType, Optional<String> host, Question question)
      throws CertificateException {
    Refusal refusal = new Refusal(chain[0], host);
    for (TrustSource source : sources) {
      X509ExtendedTrustManager manager = open(source, chain, refusal);
      if (manager == null) {
        continue;
      }
      try {
        question.ask(manager);
        return;
      } catch (CertificateException e) {
        refusal.add(e, isPathTrusted(manager, chain, authType));
      }
    }
    throw refusal.explained();
  }

  private static @Nullable X509ExtendedTrustManager open(
      TrustSource source, X509Certificate[] chain, Refusal refusal) {
    try {
      return source.trustManagerFor(chain).orElse(null);
    } catch (GeneralSecurityException e) {
      refusal.unusable(e);
      return null;
    }
  }

  /** Asks without a connection, so that nothing is said about the host's name. */
  private static boolean isPathTrusted(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authType) {
    try {
      manager.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  /** None: only a server names whom it accepts. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE.clone();
  }
}
