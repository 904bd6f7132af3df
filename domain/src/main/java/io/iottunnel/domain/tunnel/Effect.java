package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Endpoint;
import io.iottunnel.domain.ServiceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An order that a tunnel gives: what to do to the session, to local sockets, or what to tell the
 * observers.
 *
 * <p>Effects are carried out in their order, and none of them blocks.
 */
public sealed interface Effect {

  /** Calls the one case that applies; a new record breaks every interpreter at compile time. */
  <R> R match(Cases<R> cases);

  /** One method for each kind of effect. */
  interface Cases<R> {
    R connect(Connect effect);

    R reconnect(Reconnect effect);

    R receiveFrame(ReceiveFrame effect);

    R sendMessage(SendMessage effect);

    R sendData(SendData effect);

    R sendPing(SendPing effect);

    R closeSession(CloseSession effect);

    R abandonSession(AbandonSession effect);

    R mapped(Mapped effect);

    R listen(Listen effect);

    R stopListening(StopListening effect);

    R pauseListeners(PauseListeners effect);

    R resumeListeners(ResumeListeners effect);

    R openLocal(OpenLocal effect);

    R awaitReadable(AwaitReadable effect);

    R readLocal(ReadLocal effect);

    R writeLocal(WriteLocal effect);

    R finishLocal(FinishLocal effect);

    R closeLocal(CloseLocal effect);

    R abortLocal(AbortLocal effect);

    R opened(Opened effect);

    R ended(Ended effect);

    R refused(Refused effect);

    R unreachable(Unreachable effect);

    R ignored(Ignored effect);

    R warned(Warned effect);

    R end(End effect);
  }

  /**
   * Open a session: dial, TLS, upgrade. Answered by {@link Event.SessionUp} or {@link
   * Event.ConnectFailed}.
   */
  record Connect() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connect(this);
    }
  }

  /**
   * Tell {@link Event.ConnectDue} after {@code atLeast} and a random part of {@code jitter} (full
   * jitter: the delay itself is chance, so that many devices do not come back at once). It takes
   * the place of one whose time has not come yet.
   */
  record Reconnect(String reason, Duration atLeast, Duration jitter) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reconnect(this);
    }
  }

  /** Ask the session for its next frame. */
  record ReceiveFrame() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.receiveFrame(this);
    }
  }

  /** Send a message that carries no data. */
  record SendMessage(Message message) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sendMessage(this);
    }
  }

  /** Send bytes that were just read. Answered by {@link Event.DataSent}. */
  record SendData(LocalId local, Message.Data message) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sendData(this);
    }
  }

  /** Send a ping that carries this number. */
  record SendPing(long number) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sendPing(this);
    }
  }

  /** Close the WebSocket in order, behind everything sent; whatever it still says is not told. */
  record CloseSession(int code, String reason) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.closeSession(this);
    }
  }

  /** Cut the WebSocket; whatever it still says is not told. */
  record AbandonSession(String reason) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.abandonSession(this);
    }
  }

  /** The services of the tunnel are known and fit. */
  record Mapped(Map<ServiceId, Endpoint> mapping) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.mapped(this);
    }
  }

  /** Listen for the clients of a service. Answered by {@link Event.ListenFailed}, or not at all. */
  record Listen(ServiceId service, Endpoint endpoint) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.listen(this);
    }
  }

  /** Close the listener of a service that the tunnel no longer has. */
  record StopListening(ServiceId service) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopListening(this);
    }
  }

  /** Stop accepting; clients wait in the system's backlog. */
  record PauseListeners() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pauseListeners(this);
    }
  }

  /** Accept again. */
  record ResumeListeners() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resumeListeners(this);
    }
  }

  /**
   * Connect to an application. Answered by {@link Event.LocalConnected} or {@link
   * Event.LocalConnectFailed}.
   */
  record OpenLocal(LocalId local, ServiceId service, Endpoint endpoint) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.openLocal(this);
    }
  }

  /** Tell {@link Event.LocalReadable} when there is something to read. */
  record AwaitReadable(LocalId local) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.awaitReadable(this);
    }
  }

  /**
   * Read once, now. Answered by {@link Event.LocalRead}, {@link Event.LocalIdle}, {@link
   * Event.LocalEnded} or {@link Event.LocalReadFailed}.
   */
  record ReadLocal(LocalId local) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.readLocal(this);
    }
  }

  /**
   * Write bytes, once connected, in order; what the socket does not take at once is copied and
   * kept. Progress is told by {@link Event.LocalDelivered}.
   */
  record WriteLocal(LocalId local, ByteBuffer payload) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.writeLocal(this);
    }
  }

  /**
   * Everything is delivered: shut down output, read and discard to the end of file, then tell
   * {@link Event.LocalEnded}. Closing with unread input would send a TCP reset and destroy what was
   * delivered.
   */
  record FinishLocal(LocalId local) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.finishLocal(this);
    }
  }

  /** Close in order. */
  record CloseLocal(LocalId local) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.closeLocal(this);
    }
  }

  /** Close at once, dropping what is undelivered; an attempt to connect is given up. */
  record AbortLocal(LocalId local) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.abortLocal(this);
    }
  }

  /** Tell that a connection of a stream began. */
  record Opened(ServiceId service, int stream, int connection) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /** Tell that the local side of a connection is closed. */
  record Ended(ServiceId service, int stream, int connection, String reason) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }

  /** Tell that a client was turned away. */
  record Refused(ServiceId service, String reason) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** Tell that an application was not reached, and when it is tried again, if it is. */
  record Unreachable(ServiceId service, String reason, Optional<Duration> again) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unreachable(this);
    }
  }

  /** Tell that something was dropped as the protocol asks. */
  record Ignored(String what) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ignored(this);
    }
  }

  /** Tell that something came that should not have. */
  record Warned(String what) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.warned(this);
    }
  }

  /** The local proxy is over. */
  record End(Outcome outcome) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.end(this);
    }
  }
}
