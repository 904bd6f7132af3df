package io.iottunnel.cli;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.help.HelpText;
import io.iottunnel.cli.log.LibraryLogProvider;
import io.iottunnel.cli.settings.CommandModel;
import io.iottunnel.cli.settings.Layers;
import io.iottunnel.cli.settings.LogSettings;
import io.iottunnel.cli.settings.Option;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.cli.settings.SettingsReader;
import io.iottunnel.cli.tuning.DefaultSettings;
import io.iottunnel.cli.wiring.Wiring;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.tunnel.Outcome;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The plain form of {@code localproxy}: one end of one tunnel, from the command line to the exit
 * code.
 */
final class LocalProxyCommand implements Command {

  /** Whoever sends a signal waits for the end; then what is not delivered or answered is left. */
  private static final long ORDERLY_END_MILLIS = 1_900;

  private final Console console;
  private final Signals signals;

  LocalProxyCommand(Console console, Signals signals) {
    this.console = console;
    this.signals = signals;
  }

  @Override
  public int run(String... arguments) {
    CommandModel.Parsed parsed = new CommandModel().parse(arguments);
    PrintStream first = isForStdio(arguments) ? console.err() : console.out();
    first.println(Version.line());
    if (parsed.help()) {
      console.out().print(HelpText.text());
      return ExitCodes.OK;
    }
    if (parsed.version()) {
      return ExitCodes.OK;
    }
    LogSink log = console.log(LogSettings.DEFAULTS);
    try {
      Optional<Given> export = parsed.orRefuse().find(Option.EXPORT_DEFAULT_SETTINGS);
      if (export.isPresent()) {
        DefaultSettings.write(export.get());
        return ExitCodes.OK;
      }
      Settings settings = settings(parsed);
      log = console.log(settings.log());
      return run(settings, log);
    } catch (ConfigurationException e) {
      return console.refuse(e);
    } catch (RuntimeException | Error e) {
      Unforeseen.report(e, log);
      return ExitCodes.UNFORESEEN;
    }
  }

  /** Standard output is then the tunnel's, from the first byte on. */
  private static boolean isForStdio(String... arguments) {
    return Stream.of(arguments).anyMatch(argument -> argument.matches("--stdio(=.*)?"));
  }

  private Settings settings(CommandModel.Parsed parsed) {
    Surroundings surroundings = console.surroundings();
    return SettingsReader.read(
        Layers.of(parsed.orRefuse(), surroundings.environment()), surroundings);
  }

  private int run(Settings settings, LogSink log) {
    LibraryLogProvider.writeTo(log);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Unforeseen.report(e, log));
    settings.warnings().forEach(warning -> log.write(LogLevel.WARNING, warning));
    announce(settings.way().webProxy().selection(), log);
    LocalProxy localProxy = Wiring.localProxy(settings, log, console.host());
    signals.atEnd(() -> end(localProxy));
    CompletableFuture<Outcome> ended = localProxy.start();
    signals.atReconnect(localProxy::reconnect); // behind the start, which it would delay
    return ExitCodes.of(ended.join());
  }

  /** In the words of the reference, which people look for. */
  private static void announce(WebProxySelection selection, LogSink log) {
    if (selection.url().isPresent()) {
      if (selection.url().get().webProxy().credentials().isPresent()) {
        log.write(LogLevel.DEBUG, "Parsed basic auth credentials for the URL");
      }
      log.write(
          LogLevel.INFO,
          "Found Web proxy information in %s, will use it to connect via the proxy."
              .formatted(
                  selection.isFromEnvironment()
                      ? "the environment variables"
                      : selection.origin().orElseThrow()));
    }
    log.write(selection.origin().isPresent() ? LogLevel.INFO : LogLevel.DEBUG, selection.reason());
  }

  private static void end(LocalProxy localProxy) {
    localProxy.stop();
    var unused =
        localProxy
            .ended()
            .handle((outcome, mistake) -> true)
            .completeOnTimeout(true, ORDERLY_END_MILLIS, TimeUnit.MILLISECONDS)
            .join();
  }
}
