package io.iottunnel.testkit.contract;

import io.iottunnel.ports.ConnectAnswer;
import io.iottunnel.ports.DialObserver;
import io.iottunnel.ports.TlsPeer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a dialer reports. */
final class HopRecorder implements DialObserver {

  private final List<String> hops = new CopyOnWriteArrayList<>();
  private final List<TlsPeer> peers = new CopyOnWriteArrayList<>();
  private final List<ConnectAnswer> answers = new CopyOnWriteArrayList<>();

  /** Who has answered TLS as the web proxy. */
  List<TlsPeer> peers() {
    return List.copyOf(peers);
  }

  /** Each call, by the method's name and what matters of its argument. */
  List<String> hops() {
    return List.copyOf(hops);
  }

  /** The answers to CONNECT. */
  List<ConnectAnswer> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void resolved(String ip) {
    hops.add("resolved " + ip);
  }

  @Override
  public void connected() {
    hops.add("connected");
  }

  @Override
  public void webProxySecured(TlsPeer peer) {
    hops.add("webProxySecured");
    peers.add(peer);
  }

  @Override
  public void connectSent() {
    hops.add("connectSent");
  }

  @Override
  public void connectAnswered(ConnectAnswer answer) {
    hops.add("connectAnswered " + answer.status());
    answers.add(answer);
  }
}
