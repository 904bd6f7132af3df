package io.iottunnel.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.adapters.nio.StdioLocalSockets;
import io.iottunnel.ports.LocalSockets;
import java.io.InputStream;
import java.io.OutputStream;

/** The one client at standard input and output. */
final class StdioModule extends AbstractModule {

  private final InputStream in;
  private final OutputStream out;

  StdioModule(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Provides
  @Singleton
  LocalSockets sockets(NioLoop loop) {
    return new StdioLocalSockets(loop, in, out);
  }
}
