package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.iottunnel.cli.LocalProxyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS's page "Configure local proxy for devices that use web proxy", to the letter: its shell
 * commands, unmodified, and the output that it shows. They name a host, an address, ports and a
 * directory, so all of it runs where these exist, in a JVM of its own: see {@link AwsPage}.
 */
class AwsPageIT {

  @TestFactory
  Stream<DynamicTest> itsCommandsDoWhatItSays(@TempDir Path root) throws Exception {
    OwnNamespace namespace =
        new OwnNamespace(
            root, AwsPage.WEB_PROXY_NAME, AwsPage.WEB_PROXY_ADDRESS, AwsPage.CERTIFICATES);
    Optional<String> missing = namespace.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    List<String> java =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Dlocalproxy.launcher=" + LocalProxyProcess.launcher(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AwsPage.class.getName());
    try (LocalProxyProcess page = LocalProxyProcess.run(Map.of(), namespace.running(java))) {
      int unused = page.awaitExit();
      return AwsPage.CASES.keySet().stream()
          .map(
              name ->
                  DynamicTest.dynamicTest(
                      name,
                      () ->
                          assertTrue(
                              page.out().contains(AwsPage.passed(name)),
                              () -> page.out() + page.err())));
    }
  }
}
