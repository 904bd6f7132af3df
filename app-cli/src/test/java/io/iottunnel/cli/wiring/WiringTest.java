package io.iottunnel.cli.wiring;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.iottunnel.adapters.nio.NioLoop;
import io.iottunnel.cli.given.Surroundings;
import io.iottunnel.cli.settings.CommandModel;
import io.iottunnel.cli.settings.Layers;
import io.iottunnel.cli.settings.Settings;
import io.iottunnel.cli.settings.SettingsReader;
import io.iottunnel.engine.LocalProxy;
import io.iottunnel.engine.LogLevel;
import io.iottunnel.engine.LogSink;
import io.iottunnel.ports.TunnelTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {

  private static final LogSink SILENT =
      new LogSink() {
        @Override
        public boolean takes(LogLevel level) {
          return false;
        }

        @Override
        public void write(LogLevel level, String text) {}
      };

  @ParameterizedTest
  @CsvSource({
    "-s 5555, ''",
    "-s 5555, http://user:hidden@proxy:3128",
    "-s 5555 -b 127.0.0.1 -k -y V2, https://proxy:3128",
    "-s 5555 --connect-with httpclient, http://user:hidden@proxy:3128",
    "-d 22 -b 127.0.0.1, ''",
    "--stdio, ''"
  })
  void everyChoiceOfAdaptersIsComplete(String options, String webProxy) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWSIOT_TUNNEL_ACCESS_TOKEN", "token");
    variables.put("HTTPS_PROXY", webProxy);
    Injector injector =
        Guice.createInjector(
            Wiring.modules(
                settings(options, variables),
                SILENT,
                new Host(
                    Map.of(),
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    "localproxy/test")));
    try (NioLoop loop = injector.getInstance(NioLoop.class);
        TunnelTransport transport = injector.getInstance(TunnelTransport.class)) {
      assertNotNull(loop);
      assertNotNull(transport);
      LocalProxy localProxy = injector.getInstance(LocalProxy.class);
      localProxy.stop();
    }
  }

  private static Settings settings(String options, Map<String, String> variables) {
    Function<String, Optional<String>> environment =
        name -> Optional.ofNullable(variables.get(name));
    CommandModel.Parsed parsed = new CommandModel().parse(("-r eu-west-1 " + options).split(" "));
    return SettingsReader.read(
        Layers.of(parsed.layer(), environment),
        new Surroundings(environment, InputStream.nullInputStream(), Path.of("")));
  }
}
