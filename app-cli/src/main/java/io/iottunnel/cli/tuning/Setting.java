package io.iottunnel.cli.tuning;

import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.cli.given.BindAddress;
import io.iottunnel.cli.tuning.SettingForm.Flag;
import io.iottunnel.cli.tuning.SettingForm.Text;
import io.iottunnel.cli.tuning.SettingForm.WholeNumber;
import io.iottunnel.domain.RegionalEndpoints;
import io.iottunnel.domain.tunnel.Message;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.WireLimits;
import io.iottunnel.ports.TunnelSession;
import java.time.Duration;

/**
 * Everything that a file of settings can say, as data: reading, writing the defaults and the table
 * in the documentation all follow from this. The defaults are those of whoever uses the value.
 */
public enum Setting {
  DEFAULT_BIND_ADDRESS(
      "default_bind_address",
      new Text(
          "localhost",
          "a local IP address or host name without port",
          text -> BindAddress.of(text).isPresent()),
      "Where a source listens, unless `-b` says it"),
  ENDPOINT_FORMAT(
      "endpoint_format",
      new Text(
          RegionalEndpoints.USUAL.format(),
          "a host name with one %s for the region",
          RegionalEndpoints::isFormat),
      "The host of the service, with `%s` in place of the region; where it is the default, regions"
          + " of China get `.cn` behind it"),

  DATA_LENGTH_SIZE(
      "message.data_length_size",
      new WholeNumber(2L, 2, 2),
      "Bytes of a message's length; the protocol knows no other number"),
  MAX_PAYLOAD_SIZE(
      "message.max_payload_size",
      new WholeNumber((long) WireLimits.DEFAULTS.payload(), 1, Message.MAX_PAYLOAD),
      "Bytes of payload that one message of ours carries at most"),
  MAX_MESSAGE_SIZE(
      "message.max_size",
      new WholeNumber(
          (long) WireLimits.DEFAULTS.message(),
          2 * WireLimits.ENVELOPE,
          WireLimits.DEFAULTS.message()),
      "Bytes of a message at most; ours are no longer, and a longer one that arrives is an error of"
          + " the data"),
  DATA_FRAME_MAX_SIZE(
      "message.data_frame_max_size",
      new WholeNumber(
          (long) WireLimits.DEFAULTS.frame(), 2 * WireLimits.ENVELOPE + 2, TunnelSession.MAX_FRAME),
      "Bytes of a WebSocket frame of ours at most"),

  LOCAL_RETRIES(
      "tcp.connection_retry_count",
      new WholeNumber((long) TunnelSettings.DEFAULTS.localRetries(), -1, Limits.MANY),
      "How often an application that is not reached, or a port that is taken, is tried again;"
          + " -1 for ever"),
  LOCAL_RETRY_DELAY(
      "tcp.connection_retry_delay_ms",
      Limits.millis(TunnelSettings.DEFAULTS.localRetryDelay(), 1),
      "The time between two such tries"),
  LOCAL_READ_BUFFER(
      "tcp.read_buffer_size",
      new WholeNumber((long) TunnelSession.MAX_FRAME, 1, Limits.LARGE),
      "Bytes read from a local connection at once; never more than fit into one message"),
  LOCAL_WRITE_BUFFER(
      "tcp.write_buffer_size",
      new WholeNumber(TunnelSettings.DEFAULTS.writeBuffer(), 1 << 16, 1 << 30),
      "Bytes that one connection may hold undelivered"),
  LOCAL_WRITE_BUFFER_TOTAL(
      "tcp.write_buffer_total",
      new WholeNumber(TunnelSettings.DEFAULTS.writeBufferTotal(), 1 << 16, 1L << 40),
      "Bytes that all connections together may hold undelivered; never more than a quarter of the"
          + " heap"),
  MAX_CONNECTIONS(
      "tcp.max_active_connections",
      new WholeNumber((long) TunnelSettings.DEFAULTS.maxConnections(), 1, Limits.MANY),
      "Clients that may be connected at once; a further one is turned away"),
  HALF_CLOSE_LINGER(
      "tcp.half_close_linger_ms",
      Limits.millis(TunnelSettings.DEFAULTS.halfCloseLinger(), 0),
      "How long a source waits for the rest of an answer once its client has finished sending, and"
          + " nothing comes"),
  DRAIN_TIMEOUT(
      "tcp.drain_timeout_ms",
      Limits.millis(TunnelSettings.DEFAULTS.drainLimit(), 1),
      "How long an ended connection may take none of its last bytes"),
  STALL_TIMEOUT(
      "tcp.stall_timeout_ms",
      Limits.millis(TunnelSettings.DEFAULTS.stallLimit(), 1),
      "How long a connection that holds the others up may take nothing before it is reset"),

  PING_PERIOD(
      "websocket.ping_period_ms",
      Limits.millis(TunnelSettings.DEFAULTS.pingPeriod(), 100),
      "The time between two pings"),
  RETRY_DELAY(
      "websocket.retry_delay_ms",
      Limits.millis(TunnelSettings.DEFAULTS.retryDelay(), 1),
      "The longest delay before the first new attempt to connect; it doubles with each failure"),
  MAX_RETRY_DELAY(
      "websocket.max_retry_delay_ms",
      Limits.millis(TunnelSettings.DEFAULTS.longestRetryDelay(), 1),
      "Where that doubling ends"),
  CONNECT_RETRIES(
      "websocket.connect_retry_count",
      new WholeNumber((long) TunnelSettings.DEFAULTS.connectRetries(), -1, Limits.MANY),
      "New attempts after consecutive failures; once they are used up, it ends with 8. -1 for"
          + " ever"),
  RECONNECT_ON_DATA_ERROR(
      "websocket.reconnect_on_data_error",
      new Flag(TunnelSettings.DEFAULTS.reconnectOnDataError()),
      "Whether a session that was lost is followed by another; if not, it ends with 8"),
  SUBPROTOCOL(
      "websocket.subprotocol",
      new Text(
          TunnelSettings.DEFAULTS.subprotocol(),
          "a subprotocol's name, letters, digits, '.', '_' and '-'",
          text -> text.matches("[A-Za-z0-9._-]{1,100}")),
      "The WebSocket subprotocol that is asked for"),
  SERVICE_IDS_TIMEOUT(
      "websocket.service_ids_timeout_ms",
      Limits.millis(TunnelSettings.DEFAULTS.serviceIdsLimit(), 1),
      "How long the service may take to tell the tunnel's services"),
  MAX_FRAME_SIZE(
      "websocket.max_frame_size",
      new WholeNumber(
          (long) TunnelSession.MAX_FRAME, 2 * WireLimits.ENVELOPE + 2, TunnelSession.MAX_FRAME),
      "Bytes of a WebSocket frame at most, either way; a larger one that arrives ends the session"),
  SEND_QUEUE(
      "websocket.write_buffer_size",
      new WholeNumber((long) TunnelSettings.DEFAULTS.sendQueue(), 1 << 16, 1 << 30),
      "Bytes that may wait for the service before no more is read locally"),
  SESSION_READ_BUFFER(
      "websocket.read_buffer_size",
      new WholeNumber(
          (long) JettyTunnelTransport.Limits.DEFAULT.readBuffer(), 1 << 10, Limits.LARGE),
      "Bytes read from the service at once"),
  UPGRADE_TIMEOUT(
      "websocket.upgrade_timeout_ms",
      Limits.millis(JettyTunnelTransport.Limits.DEFAULT.upgrade(), 1),
      "How long the service may take to answer the upgrade"),

  DNS_TIMEOUT(
      "dial.dns_timeout_ms",
      Limits.millis(DialLimits.DEFAULT.dns(), 1),
      "How long it may take to resolve a name"),
  CONNECT_TIMEOUT(
      "dial.connect_timeout_ms",
      Limits.millis(DialLimits.DEFAULT.connect(), 1),
      "How long a TCP connection may take, to each address"),
  TLS_TIMEOUT(
      "dial.tls_timeout_ms",
      Limits.millis(DialLimits.DEFAULT.tls(), 1),
      "How long a TLS handshake may take, with a web proxy or with the service"),
  WEB_PROXY_ANSWER_TIMEOUT(
      "web_proxy.answer_timeout_ms",
      Limits.millis(DialLimits.DEFAULT.connectAnswer(), 1),
      "How long a web proxy may take to answer CONNECT"),
  WEB_PROXY_TOKEN_TIMEOUT(
      "web_proxy.token_timeout_ms",
      Limits.millis(DialLimits.DEFAULT.token(), 1),
      "How long a token for a web proxy may take, for which Kerberos may have to be asked");

  /** Under which all settings stand. */
  static final String ROOT = "tunneling.proxy.";

  /** The one setting that is no value but an object: hosts by region. */
  static final String OVERRIDES = ROOT + "region_endpoint_overrides";

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // records of values that nobody changes
  private final SettingForm form;

  private final String description;

  Setting(String key, SettingForm form, String description) {
    this.key = key;
    this.form = form;
    this.description = description;
  }

  /** Its path below {@link #ROOT}, as {@code tcp.read_buffer_size}. */
  public String key() {
    return key;
  }

  /** Its whole path. */
  String path() {
    return ROOT + key;
  }

  SettingForm form() {
    return form;
  }

  /** What its value may be, as "a whole number from 1 to 64512". */
  public String allowed() {
    return form.expected();
  }

  /** The value that holds where none is given. */
  public String usual() {
    return form.usual().toString();
  }

  /** What it does, in Markdown, without a full stop at the end. */
  public String description() {
    return description;
  }

  /** Bounds that keep a mistyped number from being taken for an intention. */
  private static final class Limits {
    static final long MANY = 1_000_000;
    static final long LARGE = 16 << 20;
    static final Duration LONG = Duration.ofDays(1);

    static WholeNumber millis(Duration usual, long least) {
      return new WholeNumber(usual.toMillis(), least, LONG.toMillis());
    }
  }
}
