package io.iottunnel.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.LocalProxyException;
import io.iottunnel.ports.SessionEnd;
import io.iottunnel.ports.TunnelSession;
import io.iottunnel.testkit.contract.TransportBench.Attempt;
import io.iottunnel.testkit.contract.TransportBench.Opened;
import io.iottunnel.testkit.contract.TransportBench.Service;
import io.iottunnel.testkit.websocket.Frame;
import io.iottunnel.testkit.websocket.ServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How sessions end. */
public interface EndingRules {

  /** The transport under test. */
  TransportBench bench();

  /** RFC 6455 section 5.5.1: a close frame is answered, and its code and reason are told. */
  @Test
  default void t80_theServicesCloseIsAnsweredAndTold() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().send(Frame.close(1012, "Token is revoked"));

    assertEquals(1012, Peers.awaitClose(up.peer()).closeCode());
    up.peer().close();
    assertEquals(new SessionEnd.Closed(1012, "Token is revoked"), up.listener().awaitEnd());
  }

  /** RFC 6455 section 7.1.5: a close frame without a code is told as 1005. */
  @Test
  default void t81_aCloseWithoutACodeIsToldAs1005() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().send(Frame.of(Frame.CLOSE, new byte[0]));

    Peers.awaitClose(up.peer());
    up.peer().close();
    assertEquals(new SessionEnd.Closed(1005, ""), up.listener().awaitEnd());
  }

  /** What was received before the close is told before it. */
  @Test
  default void t82_framesBeforeTheCloseAreNotLost() throws IOException {
    Opened up = bench().session();
    byte[] frame = Frame.binary(TestBytes.first(1000)).encode();
    byte[] close = Frame.close(1000, "").encode();
    up.peer().write(ByteBuffer.allocate(frame.length + close.length).put(frame).put(close).array());
    up.listener().askForAll(up.session());

    assertEquals(new SessionEnd.Closed(1000, ""), up.listener().awaitEnd());
    assertArrayEquals(TestBytes.first(1000), up.listener().received());
  }

  /** Our close frame goes out behind what was sent before, also when nobody asks for frames. */
  @Test
  default void t83_ourCloseComesBehindWhatWasSent() throws IOException {
    Opened up = bench().session();
    for (int i = 0; i < 20; i++) {
      up.session().send(Frames.of(TestBytes.first(1000)), () -> {});
    }
    up.session().close(1000, "done");
    for (int i = 0; i < 20; i++) {
      assertEquals(Frame.BINARY, up.peer().readFrame().opcode());
    }
    Frame close = up.peer().readFrame();
    assertEquals(Frame.CLOSE, close.opcode());
    assertEquals(1000, close.closeCode());
    assertEquals("done", close.closeReason());
    assertTrue(close.isMasked(), "a close frame came unmasked");

    up.peer().send(Frame.close(1000, "done"));
    assertInstanceOf(SessionEnd.Closed.class, up.listener().awaitEnd());
    Peers.awaitEnd(up.peer());
  }

  /** A service that does not answer our close is left after 2 seconds. */
  @Test
  default void t84_aCloseThatIsNotAnsweredEndsByItself() throws IOException {
    Opened up = bench().session();
    up.session().close(1000, "");
    Peers.awaitClose(up.peer());

    up.listener().awaitEnd();
    Peers.awaitEnd(up.peer());
  }

  /** A text frame is an error of the service: 1003. */
  @Test
  default void t85_aTextFrameEndsTheSessionWith1003() throws IOException {
    assertEndsWith(1003, Frame.of(Frame.TEXT, new byte[] {'h', 'i'}));
  }

  /** No frame is over 131,076 bytes: 1009, as soon as a header announces one. */
  @Test
  default void t86_aFrameOverTheLimitEndsTheSessionWith1009() throws IOException {
    byte[] frame = Frame.binary(new byte[TunnelSession.MAX_FRAME + 1]).encode();
    assertEndsWith(1009, peer -> peer.write(Arrays.copyOf(frame, 100)));
  }

  /** RFC 6455 section 5.2: no extension gave the reserved bits a meaning. */
  @Test
  default void t87_reservedBitsEndTheSessionWith1002() throws IOException {
    assertEndsWith(1002, new Frame(true, 4, Frame.BINARY, false, new byte[] {1}));
  }

  /** RFC 6455 section 5.1: a service never masks. */
  @Test
  default void t88_aMaskedFrameEndsTheSessionWith1002() throws IOException {
    assertEndsWith(1002, Frame.binary(new byte[] {1}).masked());
  }

  /** RFC 6455 section 5.2: opcodes 3 to 7 and 11 to 15 are reserved. */
  @Test
  default void t89_anUnknownOpcodeEndsTheSessionWith1002() throws IOException {
    assertEndsWith(1002, Frame.of(0x3, new byte[0]));
    assertEndsWith(1002, Frame.of(0xB, new byte[0]));
  }

  /** RFC 6455 section 5.4: fragments come in order. */
  @Test
  default void t90_fragmentsOutOfOrderEndTheSessionWith1002() throws IOException {
    assertEndsWith(1002, Frame.of(Frame.CONTINUATION, new byte[] {1}));
    assertEndsWith(
        1002,
        new Frame(false, 0, Frame.BINARY, false, new byte[] {1}),
        Frame.binary(new byte[] {2}));
  }

  /** RFC 6455 section 5.5: control frames are short and whole. */
  @Test
  default void t91_aMalformedControlFrameEndsTheSessionWith1002() throws IOException {
    assertEndsWith(1002, Frame.of(Frame.PING, new byte[126]));
    assertEndsWith(1002, new Frame(false, 0, Frame.PING, false, new byte[0]));
  }

  private void assertEndsWith(int code, Frame... breach) throws IOException {
    assertEndsWith(
        code,
        peer -> {
          for (Frame frame : breach) {
            peer.send(frame);
          }
        });
  }

  private void assertEndsWith(int code, Breach breach) throws IOException {
    Opened up = bench().session();
    up.listener().askForAll(up.session());
    breach.commit(up.peer());
    assertEquals(code, Peers.awaitClose(up.peer()).closeCode());
    up.peer().close();
    assertInstanceOf(SessionEnd.Broken.class, up.listener().awaitEnd());
  }

  /** What a service does that it must not. */
  interface Breach {
    void commit(ServerConnection peer) throws IOException;
  }

  /** {@code abort} says nothing, but the listener is told. */
  @Test
  default void t92_abortCutsWithoutAWord() throws IOException {
    Opened up = bench().session();
    up.session().abort();

    assertEquals(List.of(), Peers.awaitEnd(up.peer()));
    assertInstanceOf(SessionEnd.Broken.class, up.listener().awaitEnd());
  }

  /** A reset of the connection is an end. */
  @Test
  default void t93_aResetIsTold() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().cut(true);

    assertInstanceOf(SessionEnd.Broken.class, up.listener().awaitEnd());
  }

  /** So is an end of TCP without a word of TLS: it may be an attack, and is no orderly close. */
  @Test
  default void t94_anEndOfTcpIsTold() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().finish();

    assertInstanceOf(SessionEnd.Broken.class, up.listener().awaitEnd());
  }

  /** So is an end of TLS without a close frame. */
  @Test
  default void t95_anEndOfTlsIsTold() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().close();

    assertInstanceOf(SessionEnd.Broken.class, up.listener().awaitEnd());
  }

  /** A session ends once, and is silent and patient from then on, whatever is asked of it. */
  @Test
  default void t96_theEndComesOnceAndLast() throws IOException {
    Opened up = bench().session();
    up.session().receive();
    up.peer().cut(true);
    up.listener().awaitEnd();
    AtomicInteger sent = new AtomicInteger();
    up.session().send(Frames.of(new byte[1]), sent::incrementAndGet);
    up.session().ping(ByteBuffer.allocate(1));
    up.session().receive();
    up.session().close(1000, "");
    up.session().abort();
    up.session().abort();
    Frames.send(bench().session().session(), new byte[1]); // time enough for a second end
    bench().transport().close();

    assertEquals(0, sent.get(), "sent ran although the session had ended");
    assertEquals(0, up.listener().callsAfterTheEnd(), "calls of the listener behind the end");
  }

  /** A frame that was not handed to the network when the session ended was never sent. */
  @Test
  default void t97_whatWaitsWhenTheSessionEndsIsNeverSent() throws IOException {
    Opened up = bench().session();
    AtomicInteger sent = new AtomicInteger();
    int frames = 24;
    for (int i = 0; i < frames; i++) {
      up.session().send(Frames.of(new byte[TunnelSession.MAX_FRAME]), sent::incrementAndGet);
    }
    up.session().abort();
    up.listener().awaitEnd();
    bench().transport().close();

    assertTrue(sent.get() < frames / 2, "called sent although the service read nothing");
  }

  /** Closing the transport ends its sessions. */
  @Test
  default void t98_closingTheTransportEndsItsSessions() throws IOException {
    Opened up = bench().session();
    bench().transport().close();

    Peers.awaitEnd(up.peer());
    up.listener().awaitEnd();
  }

  /** Closing the transport ends its attempts. */
  @Test
  default void t99_closingTheTransportEndsItsAttempts() throws IOException {
    Service service = bench().service();
    Attempt attempt = bench().open(service);
    ServerConnection connection = service.connection();
    connection.readRequest();
    bench().transport().close();

    assertInstanceOf(LocalProxyException.class, attempt.fail());
    Peers.awaitEnd(connection);
  }
}
