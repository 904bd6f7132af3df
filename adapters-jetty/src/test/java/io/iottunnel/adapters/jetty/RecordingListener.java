package io.iottunnel.adapters.jetty;

import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.SessionListener;
import io.iottunnel.ports.TunnelSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes what it is told, and on which threads. */
class RecordingListener implements SessionListener {

  final List<String> told = Collections.synchronizedList(new ArrayList<>());
  final List<SessionEnd> ends = Collections.synchronizedList(new ArrayList<>());
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private TunnelSession session;

  /** For listeners that call back. */
  void session(TunnelSession session) {
    this.session = session;
  }

  TunnelSession session() {
    return session;
  }

  @Override
  public void secured() {
    note("secured");
  }

  @Override
  public void frame(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    received.writeBytes(bytes);
    note("frame " + bytes.length);
  }

  @Override
  public void pong(ByteBuffer payload) {
    note("pong " + payload.remaining());
  }

  @Override
  public void alive() {
    note("alive");
  }

  @Override
  public void ended(SessionEnd end) {
    ends.add(end);
    note("ended");
  }

  private void note(String what) {
    threads.add(Thread.currentThread());
    told.add(what);
  }
}
