package io.iottunnel.cli;

import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.log.JsonLines;
import io.iottunnel.cli.log.LineFormat;
import io.iottunnel.cli.log.StandardErrorLog;
import io.iottunnel.cli.log.TextLines;
import io.iottunnel.cli.settings.LogSettings;
import io.iottunnel.cli.wiring.Host;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.engine.LogSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a process has around it, so that a test can put something else there.
 *
 * @param environment the environment variables
 * @param out where text for the user goes
 * @param bytesOut the same place, for bytes: tells who writes that nobody reads
 * @param terminal whether that place is a terminal
 */
record Console(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    OutputStream bytesOut,
    PrintStream err,
    boolean terminal) {

  static Console ofProcess() {
    return new Console(
        environment(System.getenv(), System.getProperty("os.name", "")),
        System.in,
        System.out,
        new FileOutputStream(FileDescriptor.out),
        System.err,
        Boolean.getBoolean("localproxy.terminal"));
  }

  /**
   * The variables as the system means them: to Windows, {@code https_proxy} and {@code HTTPS_PROXY}
   * are one.
   */
  static Map<String, String> environment(Map<String, String> variables, String system) {
    if (!system.startsWith("Windows")) {
      return variables;
    }
    Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(variables);
    return ignoringCase;
  }

  /** What settings are read from. */
  Surroundings surroundings() {
    return new Surroundings(name -> Optional.ofNullable(environment.get(name)), in, Path.of(""));
  }

  /** The log that the user asks for. */
  LogSink log(LogSettings settings) {
    LineFormat format =
        switch (settings.format()) {
          case TEXT -> new TextLines(ZoneId.systemDefault());
          case JSON -> new JsonLines();
        };
    return new StandardErrorLog(err, settings.verbosity(), format, InstantSource.system());
  }

  /** What adapters are given. */
  Host host() {
    return new Host(environment, in, bytesOut, Version.userAgent());
  }

  /**
   * Says what is wrong with what the user gave, and where to read more.
   *
   * @return the exit code for that
   */
  int refuse(ConfigurationException refusal) {
    err.println(refusal.getMessage());
    err.println("Try 'localproxy --help' for a list of options.");
    return ExitCodes.USAGE;
  }
}
