package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.ports.UpgradeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes {@link DoctorSettings} of what was given. Every option of a local proxy is taken, so that a
 * command line can be examined by the word {@code doctor} put before it; what is not about the way
 * to the service is read only where the access token is to be spent.
 */
public final class DoctorReader {

  private DoctorReader() {}

  /**
   * Reads and validates.
   *
   * @param beyond what was said to the doctor alone
   * @throws ConfigurationException at the first thing that cannot be used
   */
  public static DoctorSettings read(
      Layers layers, Set<DoctorOption> beyond, Surroundings surroundings) {
    boolean json = beyond.contains(DoctorOption.JSON);
    if (beyond.contains(DoctorOption.SPEND_TOKEN)) {
      Settings all = SettingsReader.read(layers, surroundings);
      return new DoctorSettings(
          all.way(), all.log(), all.tuning(), Optional.of(upgrade(all)), json, all.warnings());
    }
    List<String> warnings = new ArrayList<>();
    LogSettings log = LogReader.read(layers);
    Tuning tuning = SettingsReader.tuning(layers, warnings::add);
    WaySettings way =
        SettingsReader.way(
            layers, ServiceReader.read(layers, tuning.endpoints()), surroundings, warnings::add);
    return new DoctorSettings(way, log, tuning, Optional.empty(), json, List.copyOf(warnings));
  }

  private static UpgradeRequest upgrade(Settings settings) {
    return UpgradeRequest.forTunnel(
        settings.way().service(),
        settings.end().mode(),
        settings.tokens().access(),
        settings.tokens().client(),
        settings.tuning().tunnel().subprotocol());
  }
}
