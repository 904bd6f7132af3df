package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.TestCa;
import io.iottunnel.testkit.websocket.Chop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses how a {@link ServiceEmulator} behaves. Everything has a default. */
public final class ServiceEmulatorBuilder {

  private TestCa ca = TestCa.create();
  private List<String> names =
      List.of("localhost", "127.0.0.1", "data.tunneling.iot.us-west-2.amazonaws.com");
  private int port;
  private Chop writes = Chop.NONE;
  private Chop frames = Chop.NONE;
  private boolean withholdsServiceIds;
  private boolean gluesServiceIds;
  private boolean pongsOnlyWithSource;
  private Optional<String> subprotocol = Optional.empty();
  private int messagesKept = MessageLog.MOST_KEPT;
  private Duration limit = Duration.ofSeconds(10);
  private OptionalInt socketBuffers = OptionalInt.empty();

  ServiceEmulatorBuilder() {}

  /** The authority that signs the certificate, by an intermediate; default: one of its own. */
  public ServiceEmulatorBuilder certificateAuthority(TestCa authority) {
    ca = authority;
    return this;
  }

  /**
   * The names and addresses in the certificate; default: {@code localhost}, {@code 127.0.0.1} and
   * the real service's name in us-west-2.
   */
  public ServiceEmulatorBuilder names(String... inCertificate) {
    names = List.of(inCertificate);
    return this;
  }

  /** The port to listen on; default 0: any free one. */
  public ServiceEmulatorBuilder port(int toListenOn) {
    port = toListenOn;
    return this;
  }

  /** Cuts what is written to TCP, so in the middle of TLS records, into pieces. */
  public ServiceEmulatorBuilder chopWrites(Chop chop) {
    writes = chop;
    return this;
  }

  /** Cuts tunnel messages into WebSocket frames with payloads of these lengths. */
  public ServiceEmulatorBuilder chopFrames(Chop chop) {
    frames = chop;
    return this;
  }

  /** Sends no SERVICE_IDS until {@link TunnelEnd#sendServiceIds}. */
  public ServiceEmulatorBuilder withholdServiceIds() {
    withholdsServiceIds = true;
    return this;
  }

  /** Sends SERVICE_IDS in one TLS record with the 101. */
  public ServiceEmulatorBuilder glueServiceIds() {
    gluesServiceIds = true;
    return this;
  }

  /** Answers no ping until a source is connected. */
  public ServiceEmulatorBuilder pongsOnlyWithSource() {
    pongsOnlyWithSource = true;
    return this;
  }

  /** Chooses this subprotocol, whatever was asked for. */
  public ServiceEmulatorBuilder subprotocol(String chosen) {
    subprotocol = Optional.of(chosen);
    return this;
  }

  /**
   * How many messages of each end are kept to be looked at; default 20,000. None, where it is
   * memory that is measured.
   */
  public ServiceEmulatorBuilder keepMessages(int most) {
    messagesKept = most;
    return this;
  }

  /** How long the methods that await something wait; default 10 s. */
  public ServiceEmulatorBuilder limit(Duration longest) {
    limit = longest;
    return this;
  }

  /**
   * How many bytes the system keeps in each direction of a connection; default: as it likes, which
   * may be many MiB.
   */
  public ServiceEmulatorBuilder socketBuffers(int bytes) {
    socketBuffers = OptionalInt.of(bytes);
    return this;
  }

  /** Starts listening. */
  public ServiceEmulator start() {
    return new ServiceEmulator(
        ca,
        names,
        port,
        writes,
        new Behaviour(
            frames,
            withholdsServiceIds,
            gluesServiceIds,
            pongsOnlyWithSource,
            subprotocol,
            messagesKept,
            limit,
            socketBuffers));
  }
}
