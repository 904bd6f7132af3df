package io.iottunnel.adapters.nio.kerberos;

import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * One attempt to authenticate with one web proxy. Nothing is delegated to it, and it need not prove
 * itself by Kerberos: by the time that its proof came the tunnel would be open, and whom the tunnel
 * leads to is proven by TLS.
 */
final class JgssExchange implements NegotiateTokens.Exchange {

  /** SPNEGO, RFC 4178. */
  private static final String MECHANISM = "1.3.6.1.5.5.2";

  private final KerberosLogin login;
  private final GSSContext context;
  private final String host;
  private boolean closed;

  private JgssExchange(KerberosLogin login, GSSContext context, String host) {
    this.login = login;
    this.context = context;
    this.host = host;
  }

  /** Begins with the web proxy at {@code host}; the exchange takes {@code login} over. */
  static JgssExchange begin(KerberosLogin login, String host) throws NegotiateException {
    try {
      return as(login, () -> new JgssExchange(login, context(host), host));
    } catch (GSSException e) {
      login.close();
      throw KerberosTrouble.noToken(host, e);
    }
  }

  private static GSSContext context(String host) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSName service = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
    GSSContext context =
        manager.createContext(service, new Oid(MECHANISM), null, GSSContext.DEFAULT_LIFETIME);
    context.requestMutualAuth(false);
    context.requestCredDeleg(false);
    return context;
  }

  @Override
  public byte[] next(byte[] received) throws NegotiateException {
    try {
      byte[] token = as(login, () -> step(received));
      if (token.length == 0) {
        throw new NegotiateException(
            "the web proxy wants to go on with Kerberos when all has been said: it has not"
                + " accepted the ticket");
      }
      return token;
    } catch (GSSException e) {
      throw KerberosTrouble.noToken(host, e);
    }
  }

  private byte[] step(byte[] received) throws GSSException {
    if (context.isEstablished()) {
      return new byte[0];
    }
    byte[] token = context.initSecContext(received, 0, received.length);
    return token == null ? new byte[0] : token;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      context.dispose();
    } catch (GSSException e) {
      throw new IllegalStateException("keys cannot be forgotten", e);
    } finally {
      login.close();
    }
  }

  private interface Work<T> {
    T run() throws GSSException;
  }

  /** Does {@code work} as whoever has logged in. */
  private static <T> T as(KerberosLogin login, Work<T> work) throws GSSException {
    try {
      return Subject.doAs(login.subject(), (PrivilegedExceptionAction<T>) work::run);
    } catch (PrivilegedActionException e) {
      if (e.getException() instanceof GSSException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getException());
    }
  }
}
