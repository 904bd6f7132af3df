package io.iottunnel.cli.fuzz;

import io.iottunnel.cli.settings.ConfigFileFuzz;
import io.iottunnel.cli.settings.MappingFileFuzz;
import io.iottunnel.testkit.fuzz.Fuzzer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web proxy sends and a user writes, made up by a fuzzer. */
@Execution(ExecutionMode.CONCURRENT)
class ParsersFuzzIT {

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConnectAnswerFuzz.class,
        WebProxyUrlFuzz.class,
        ServiceMappingFuzz.class,
        ConfigFileFuzz.class,
        MappingFileFuzz.class,
        SettingsFileFuzz.class
      })
  void nothingBreaksThePromisesOf(Class<?> target) throws Exception {
    Fuzzer.fuzz(target);
  }
}
