package io.iottunnel.cli.tuning;

import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.cli.given.BindAddress;
import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.RegionalEndpoints;
import io.iottunnel.domain.tunnel.TunnelSettings;
import io.iottunnel.domain.tunnel.WireLimits;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The numbers and limits that no option sets, for each who uses them.
 *
 * @param endpoints where the service of a region is
 * @param bindAddress where a source listens unless an option says it, without brackets
 * @param tunnel for the engine
 * @param dial for connecting, to the service or a web proxy and locally
 * @param session for the WebSocket
 */
public record Tuning(
    RegionalEndpoints endpoints,
    String bindAddress,
    TunnelSettings tunnel,
    DialLimits dial,
    JettyTunnelTransport.Limits session) {

  /** What holds where no file of settings is given. */
  public static Tuning usual() {
    return of(new SettingValues(Map.of()), Map.of());
  }

  /**
   * Reads a file of settings; what it does not say is as usual.
   *
   * @param file the option and the file that it names
   * @param warnings is told what the user should know
   * @throws ConfigurationException naming file, line and setting, at the first thing that cannot be
   *     used
   */
  public static Tuning read(Given file, Consumer<String> warnings) {
    SettingsFile settings = SettingsFile.read(file, warnings);
    warnOfTheHeap(settings.values(), warnings);
    return of(settings.values(), settings.overrides());
  }

  private static void warnOfTheHeap(SettingValues values, Consumer<String> warnings) {
    Setting total = Setting.LOCAL_WRITE_BUFFER_TOTAL;
    long wanted = values.number(total);
    if (wanted > quarterOfTheHeap() && !total.form().usual().equals(wanted)) {
      warnings.accept(
          "%s: %d is more than a quarter of the heap, %d, which is taken; LOCALPROXY_JAVA_OPTS=-Xmx1g makes the heap larger"
              .formatted(total.path(), wanted, quarterOfTheHeap()));
    }
  }

  static Tuning of(SettingValues values, Map<String, HostAndPort> overrides) {
    return new Tuning(
        new RegionalEndpoints(values.text(Setting.ENDPOINT_FORMAT), overrides),
        BindAddress.of(values.text(Setting.DEFAULT_BIND_ADDRESS)).orElseThrow(),
        tunnel(values),
        dial(values),
        session(values));
  }

  private static TunnelSettings tunnel(SettingValues values) {
    return TunnelSettings.DEFAULTS
        .change()
        .wire(wire(values))
        .localRetries(values.size(Setting.LOCAL_RETRIES))
        .localRetryDelay(values.millis(Setting.LOCAL_RETRY_DELAY))
        .writeBuffer(values.number(Setting.LOCAL_WRITE_BUFFER))
        .writeBufferTotal(
            Math.min(values.number(Setting.LOCAL_WRITE_BUFFER_TOTAL), quarterOfTheHeap()))
        .maxConnections(values.size(Setting.MAX_CONNECTIONS))
        .halfCloseLinger(values.millis(Setting.HALF_CLOSE_LINGER))
        .drainLimit(values.millis(Setting.DRAIN_TIMEOUT))
        .stallLimit(values.millis(Setting.STALL_TIMEOUT))
        .pingPeriod(values.millis(Setting.PING_PERIOD))
        .retryDelay(values.millis(Setting.RETRY_DELAY))
        .longestRetryDelay(values.millis(Setting.MAX_RETRY_DELAY))
        .connectRetries(values.size(Setting.CONNECT_RETRIES))
        .reconnectOnDataError(values.flag(Setting.RECONNECT_ON_DATA_ERROR))
        .subprotocol(values.text(Setting.SUBPROTOCOL))
        .serviceIdsLimit(values.millis(Setting.SERVICE_IDS_TIMEOUT))
        .sendQueue(values.size(Setting.SEND_QUEUE))
        .build();
  }

  /** What applications have not taken yet is bounded by it, whatever is set. */
  private static long quarterOfTheHeap() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  private static WireLimits wire(SettingValues values) {
    return new WireLimits(
        Math.min(values.size(Setting.MAX_PAYLOAD_SIZE), values.size(Setting.LOCAL_READ_BUFFER)),
        values.size(Setting.MAX_MESSAGE_SIZE),
        Math.min(values.size(Setting.DATA_FRAME_MAX_SIZE), values.size(Setting.MAX_FRAME_SIZE)));
  }

  private static DialLimits dial(SettingValues values) {
    return new DialLimits(
        values.millis(Setting.DNS_TIMEOUT),
        values.millis(Setting.CONNECT_TIMEOUT),
        values.millis(Setting.TLS_TIMEOUT),
        values.millis(Setting.WEB_PROXY_ANSWER_TIMEOUT),
        values.millis(Setting.WEB_PROXY_TOKEN_TIMEOUT));
  }

  private static JettyTunnelTransport.Limits session(SettingValues values) {
    return new JettyTunnelTransport.Limits(
        values.millis(Setting.TLS_TIMEOUT),
        values.millis(Setting.UPGRADE_TIMEOUT),
        JettyTunnelTransport.Limits.DEFAULT.close(),
        values.size(Setting.MAX_FRAME_SIZE),
        values.size(Setting.SESSION_READ_BUFFER));
  }
}
