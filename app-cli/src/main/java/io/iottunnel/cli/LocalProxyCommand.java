package io.iottunnel.cli;

import io.iottunnel.cli.log.LibraryLogProvider;
import io.iottunnel.cli.log.StandardErrorLog;
import io.iottunnel.cli.settings.CommandModel;
import io.iottunnel.cli.settings.Layer;
import io.iottunnel.cli.settings.Layers;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.cli.settings.SettingsReader;
import io.iottunnel.cli.wiring.Wiring;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.webproxy.WebProxySelection;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The plain form of {@code localproxy}: one end of one tunnel, from the command line to the exit
 * code.
 */
public final class LocalProxyCommand {

  /** Draining local connections and closing the WebSocket take 2 s each at most. */
  private static final long ORDERLY_END_SECONDS = 5;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final Consumer<Runnable> atSignal;

  LocalProxyCommand(
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      Consumer<Runnable> atSignal) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.atSignal = atSignal;
  }

  /** Runs and ends the process. */
  public static void main(String[] arguments) {
    Termination termination = Termination.onSignals();
    LocalProxyCommand command =
        new LocalProxyCommand(System.getenv(), System.out, System.err, termination::before);
    termination.exit(command.run(arguments));
  }

  /**
   * Runs one local proxy until it ends.
   *
   * @return the exit code
   */
  int run(String... arguments) {
    out.println("Running AWS IoT Secure Tunneling Local Proxy version: " + Version.text());
    CommandModel model = new CommandModel();
    CommandModel.Parsed parsed = model.parse(arguments);
    if (parsed.help()) {
      out.print(model.help());
      return ExitCodes.OK;
    }
    if (parsed.version()) {
      return ExitCodes.OK;
    }
    LogSink log = log(LogLevel.INFO.verbosity());
    try {
      Settings settings = settings(parsed);
      log = log(settings.verbosity());
      return run(settings, log);
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      err.println("Try 'localproxy --help' for a list of options.");
      return ExitCodes.USAGE;
    } catch (RuntimeException | Error e) {
      Unforeseen.report(e, log);
      return ExitCodes.UNFORESEEN;
    }
  }

  private Settings settings(CommandModel.Parsed parsed) {
    parsed
        .error()
        .ifPresent(
            error -> {
              throw new ConfigurationException(error);
            });
    return SettingsReader.read(
        Layers.of(parsed.layer(), Layer.ofEnvironment(this::variable)), this::variable);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  private StandardErrorLog log(int verbosity) {
    return new StandardErrorLog(err, verbosity, InstantSource.system(), ZoneId.systemDefault());
  }

  private int run(Settings settings, LogSink log) {
    LibraryLogProvider.writeTo(log);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Unforeseen.report(e, log));
    settings.warnings().forEach(warning -> log.write(LogLevel.WARNING, warning));
    announce(settings.webProxy(), log);
    LocalProxy localProxy =
        Wiring.localProxy(settings, log, environment, "localproxy/" + Version.text());
    atSignal.accept(() -> end(localProxy));
    return ExitCodes.of(localProxy.start().join());
  }

  /** In the words of the reference, which people look for. */
  private static void announce(WebProxySelection selection, LogSink log) {
    if (selection.url().isEmpty()) {
      log.write(LogLevel.DEBUG, selection.reason());
      return;
    }
    if (selection.url().get().webProxy().credentials().isPresent()) {
      log.write(LogLevel.DEBUG, "Parsed basic auth credentials for the URL");
    }
    log.write(
        LogLevel.INFO,
        "Found Web proxy information in the environment variables, will use it to connect via the"
            + " proxy.");
    log.write(LogLevel.INFO, selection.reason());
  }

  private static void end(LocalProxy localProxy) {
    localProxy.stop();
    var unused =
        localProxy
            .ended()
            .handle((outcome, mistake) -> true)
            .completeOnTimeout(true, ORDERLY_END_SECONDS, TimeUnit.SECONDS)
            .join();
  }
}
