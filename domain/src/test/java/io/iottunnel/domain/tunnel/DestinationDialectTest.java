package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.Messages.NONE;
import static io.iottunnel.domain.tunnel.Messages.SSH;
import static io.iottunnel.domain.tunnel.Messages.WEB;
import static io.iottunnel.domain.tunnel.Messages.bytes;
import static io.iottunnel.domain.tunnel.Messages.connectionReset;
import static io.iottunnel.domain.tunnel.Messages.connectionStart;
import static io.iottunnel.domain.tunnel.Messages.data;
import static io.iottunnel.domain.tunnel.Messages.streamReset;
import static io.iottunnel.domain.tunnel.Messages.streamStart;

import io.iottunnel.domain.Dialect;
import io.iottunnel.domain.Mode;
import org.junit.jupiter.api.Test;

/** A destination answers each stream in the dialect of its start. */
class DestinationDialectTest {

  private static final LocalId FIRST = new LocalId(1);
  private static final LocalId SECOND = new LocalId(2);
  private static final LocalId THIRD = new LocalId(3);

  @Test
  void aV3StreamIsAnsweredWithConnectionIds() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 3, 1));
    bench.reads(FIRST, "x").sends(data(SSH, 3, 1, "x")).on(new Event.DataSent(FIRST, 1));
    bench.ends(FIRST).sends(connectionReset(SSH, 3, 1));
  }

  @Test
  void aV2StreamIsAnsweredWithoutConnectionIds() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 3, 0));
    bench.reads(FIRST, "x").sends(data(SSH, 3, 0, "x")).on(new Event.DataSent(FIRST, 1));
    bench.ends(FIRST).sends(streamReset(SSH, 3));
  }

  @Test
  void aV1StreamIsAnsweredWithoutAnyName() {
    Bench bench = Bench.started(FIRST, streamStart(NONE, 3, 0));
    bench.reads(FIRST, "x").sends(data(NONE, 3, 0, "x")).on(new Event.DataSent(FIRST, 1));
    bench.receives(data(NONE, 3, 0, "y")).gives(new Effect.WriteLocal(FIRST, bytes("y")));
    bench.ends(FIRST).sends(streamReset(NONE, 3));
  }

  @Test
  void theUnnamedServiceOfATunnelMaySpeakV3() {
    Bench bench = Bench.destination(NONE).greeted().receives(streamStart(NONE, 1, 1));
    bench.receives(connectionStart(NONE, 1, 2));
    bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
    bench.reads(SECOND, "x").sends(data(NONE, 1, 2, "x"));
    bench.ends(FIRST).sends(connectionReset(NONE, 1, 1));
  }

  @Test
  void theDialectIsThatOfTheStreamAndOfNothingLarger() {
    TunnelSpec spec = Bench.spec(Mode.DESTINATION, Dialect.V3, SSH, WEB);
    Bench bench = new Bench(spec, TunnelSettings.DEFAULTS).greeted(SSH, WEB);
    bench.receives(streamStart(SSH, 1, 0)).receives(streamStart(WEB, 1, 1));
    bench.on(new Event.LocalConnected(FIRST)).on(new Event.LocalConnected(SECOND));
    bench.reads(FIRST, "x").sends(data(SSH, 1, 0, "x"));
    bench.reads(SECOND, "x").sends(data(WEB, 1, 1, "x"));
    bench.receives(streamStart(SSH, 2, 1)).on(new Event.LocalConnected(THIRD));
    bench.reads(THIRD, "x").sends(data(SSH, 2, 1, "x"));
  }

  @Test
  void aLaterMessageOfAV3StreamWithoutAConnectionIdMeansTheFirst() {
    Bench bench = Bench.started(FIRST, streamStart(SSH, 1, 1));
    bench.receives(data(SSH, 1, 0, "x")).gives(new Effect.WriteLocal(FIRST, bytes("x")));
    bench.on(new Event.LocalDelivered(FIRST, 1));
    bench.receives(connectionReset(SSH, 1, 0)).sends();
    bench.the(Effect.FinishLocal.class);
  }
}
