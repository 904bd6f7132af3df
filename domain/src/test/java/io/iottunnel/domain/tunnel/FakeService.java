package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.domain.ServiceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service in small: greets each end with SERVICE_IDS and relays what one sends to the other, in
 * frames of a few messages. It is also the clock.
 */
final class FakeService {

  private final Map<End, Deque<Message>> links = new HashMap<>();
  private final Deque<LocalProxyException> refusals = new ArrayDeque<>();
  private List<ServiceId> services;
  private String subprotocol = Bench.SUBPROTOCOL_3;
  private int messagesInFrame = 3;
  private int readSize = 1024;
  private long now = 1_000_000;

  FakeService(ServiceId... services) {
    this.services = List.of(services);
  }

  long now() {
    return now;
  }

  void now(long time) {
    now = time;
  }

  /** The most that a local side is read at once: small, so that little data makes many messages. */
  int readSize() {
    return readSize;
  }

  FakeService readSize(int bytes) {
    readSize = bytes;
    return this;
  }

  FakeService messagesInFrame(int count) {
    messagesInFrame = count;
    return this;
  }

  FakeService services(ServiceId... changed) {
    services = List.of(changed);
    return this;
  }

  FakeService subprotocol(String chosen) {
    subprotocol = chosen;
    return this;
  }

  /** Refuses the next attempt to connect. */
  FakeService refuses(LocalProxyException reason) {
    refusals.add(reason);
    return this;
  }

  // What the ends do.

  void connects(End end) {
    LocalProxyException refusal = refusals.poll();
    if (refusal != null) {
      end.isRefused(refusal);
      return;
    }
    links.put(end, new ArrayDeque<>());
    end.link.comesUp(subprotocol);
    if (!subprotocol.equals(Bench.SUBPROTOCOL_1)) {
      says(end, new Message.ServiceIds(services));
    }
  }

  void hangsUp(End end) {
    links.remove(end);
  }

  /** Relays a message to the other end, if that is there. */
  void takes(End from, Message message) {
    links.keySet().stream().filter(end -> end != from).forEach(end -> says(end, message));
  }

  // What the story does.

  /** Says something itself. */
  void says(End to, Message message) {
    if (links.containsKey(to)) {
      links.get(to).add(message);
    }
  }

  /** Sends one frame, if the end wants one and there is something to say; whether it did. */
  boolean deliver(End to) {
    Deque<Message> waiting = links.get(to);
    if (waiting == null || waiting.isEmpty() || !to.link.wantsFrame()) {
      return false;
    }
    List<Message> frame = new ArrayList<>();
    while (!waiting.isEmpty() && frame.size() < messagesInFrame) {
      frame.add(waiting.remove());
    }
    to.receives(frame);
    return true;
  }

  /** Messages that wait for this end to read on. */
  int waitingFor(End end) {
    return links.getOrDefault(end, new ArrayDeque<>()).size();
  }
}
