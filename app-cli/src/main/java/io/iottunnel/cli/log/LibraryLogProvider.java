package io.iottunnel.cli.log;

import io.iottunnel.engine.LogSink;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Binds SLF4J, which the libraries speak, to our log. Found by ServiceLoader. */
public final class LibraryLogProvider implements SLF4JServiceProvider {

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** From now on, what libraries say is written to {@code log}. */
  public static void writeTo(LogSink log) {
    LibraryLog.writeTo(log);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return LibraryLog::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // Nothing to prepare: loggers are made as they are asked for.
  }
}
