package io.iottunnel.adapters.nio;

import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes every hop, in words. */
final class SeenHops implements DialObserver {

  private final List<String> seen = new CopyOnWriteArrayList<>();

  List<String> seen() {
    return seen;
  }

  @Override
  public void resolved(String ip) {
    seen.add("resolved " + ip);
  }

  @Override
  public void connected() {
    seen.add("connected");
  }

  @Override
  public void webProxySecured(TlsPeer peer) {
    seen.add("secured");
  }

  @Override
  public void connectSent() {
    seen.add("sent");
  }

  @Override
  public void connectAnswered(ConnectAnswer answer) {
    seen.add("answered " + answer.reason());
  }
}
