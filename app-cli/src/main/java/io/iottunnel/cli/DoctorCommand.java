package io.iottunnel.cli;

import io.iottunnel.adapters.nio.Trust;
import io.iottunnel.cli.doctor.Examination;
import io.iottunnel.cli.doctor.HopReport;
import io.iottunnel.cli.doctor.Instruments;
import io.iottunnel.cli.doctor.Presentation;
import io.iottunnel.cli.doctor.Report;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.help.DoctorHelp;
import io.iottunnel.cli.log.LibraryLogProvider;
import io.iottunnel.cli.settings.CommandModel;
import io.iottunnel.cli.settings.DoctorReader;
import io.iottunnel.cli.settings.DoctorSettings;
import io.iottunnel.cli.settings.Layers;
import io.iottunnel.cli.settings.LogSettings;
import io.iottunnel.cli.settings.WaySettings;
import io.iottunnel.cli.wiring.Wiring;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.webproxy.WebProxyUrl;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code localproxy doctor}: goes the way to the service hop by hop and says of each how it is. Its
 * report is all that standard output gets.
 */
final class DoctorCommand implements Command {

  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public int run(String... arguments) {
    CommandModel.Parsed parsed = CommandModel.ofDoctor().parse(arguments);
    if (parsed.help()) {
      console.out().print(DoctorHelp.text());
      return ExitCodes.OK;
    }
    if (parsed.version()) {
      console.out().println(Version.line());
      return ExitCodes.OK;
    }
    LogSink log = console.log(LogSettings.DEFAULTS);
    try {
      Surroundings surroundings = console.surroundings();
      DoctorSettings settings =
          DoctorReader.read(
              Layers.of(parsed.orRefuse(), surroundings.environment()),
              parsed.beyond(),
              surroundings);
      log = console.log(settings.log());
      return run(settings, log);
    } catch (ConfigurationException e) {
      return console.refuse(e);
    } catch (RuntimeException | Error e) {
      Unforeseen.report(e, log);
      return ExitCodes.UNFORESEEN;
    }
  }

  private int run(DoctorSettings settings, LogSink log) {
    LibraryLogProvider.writeTo(log);
    settings.warnings().forEach(warning -> log.write(LogLevel.WARNING, warning));
    WaySettings way = settings.way();
    Examination examination =
        new Examination(
            new Examination.Order(
                way.webProxy().selection(),
                way.service(),
                settings.upgrade(),
                settings.warnings(),
                way.trust().verifyPeers()),
            new Examination.Reference(
                InstantSource.system(), System::nanoTime, Trust::isOfPublicAuthority));
    List<HopReport> hops;
    try (Instruments instruments = Wiring.instruments(way, settings.tuning(), console.host())) {
      hops = examination.run(instruments);
    }
    int exitCode = examination.failure().map(ExitCodes::of).orElse(ExitCodes.OK);
    Report report =
        new Report(
            Version.text(),
            way.service(),
            way.webProxy().selection().url().map(WebProxyUrl::webProxy),
            hops,
            exitCode);
    presentation(settings).lines(report).forEach(console.out()::println);
    return exitCode;
  }

  private Presentation presentation(DoctorSettings settings) {
    return settings.json()
        ? Presentation.JSON
        : Presentation.fitFor(console.terminal(), console.environment());
  }
}
