package io.iottunnel.adapters.nio;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Where authorities that are trusted come from. Opened only when it is needed. Thread-safe. */
@FunctionalInterface
interface TrustSource {

  /**
   * A trust manager that decides about {@code chain}; empty when nothing is trusted here that could
   * matter to it.
   *
   * @throws GeneralSecurityException if the source cannot be used
   */
  Optional<X509ExtendedTrustManager> trustManagerFor(X509Certificate[] chain)
      throws GeneralSecurityException;

  /** What the JDK trusts, with its system properties. */
  static TrustSource jdk() {
    return chain -> {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Optional.of(Anchors.extended(factory));
    };
  }

  /** The key store of an operating system. */
  static TrustSource system(String keyStoreType) {
    return chain -> {
      try {
        KeyStore store = KeyStore.getInstance(keyStoreType);
        store.load(null, null);
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Optional.of(Anchors.extended(factory));
      } catch (IOException e) {
        throw new GeneralSecurityException(e);
      }
    };
  }
}
