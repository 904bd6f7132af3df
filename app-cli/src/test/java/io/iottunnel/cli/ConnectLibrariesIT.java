package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.testkit.secrets.Secrets;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both libraries are installed, and a run takes from disk only the one that it speaks with. */
class ConnectLibrariesIT {

  private static final String REFUSAL = "HTTP/1.1 403 Not here\r\nContent-Length: 0\r\n\r\n";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "jetty, io.iottunnel.adapters.jetty.JettyConnectDialog, org.apache.hc.",
    "httpclient, org.apache.hc., io.iottunnel.adapters.jetty.JettyConnectDialog",
  })
  void theLibraryThatIsNotChosenIsNotLoaded(String library, String loaded, String left)
      throws InterruptedException, IOException {
    Path classes = directory.resolve("classes");
    try (ScriptedWebProxy webProxy = ScriptedWebProxy.playing(Script.refusingAndClosing(REFUSAL));
        LocalProxyProcess run =
            LocalProxyProcess.start(
                Map.of(
                    "HTTPS_PROXY",
                    WebProxyVariable.of(webProxy.url()),
                    "AWSIOT_TUNNEL_ACCESS_TOKEN",
                    Secrets.token(),
                    "JAVA_TOOL_OPTIONS",
                    "-Xlog:class+load:file=" + classes),
                "-r",
                "eu-west-1",
                "-s",
                "0",
                "--connect-with",
                library)) {
      assertEquals(4, run.awaitExit(), run.err());
      assertTrue(run.err().contains("403 Not here"), run.err());
    }
    List<String> names =
        Files.readAllLines(classes).stream()
            .map(line -> line.replaceFirst("^(\\[.*?])+ ", ""))
            .toList();
    assertTrue(names.stream().anyMatch(name -> name.startsWith(loaded)), loaded);
    assertEquals(List.of(), names.stream().filter(name -> name.startsWith(left)).toList());
  }
}
