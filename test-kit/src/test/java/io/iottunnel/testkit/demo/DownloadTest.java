package io.iottunnel.testkit.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadTest {

  private static final LargeFile FILE = new LargeFile(42, 1_000_001);

  private static URL url(WebApplication application, String path) throws IOException {
    return new URL("http://localhost:" + application.port() + path);
  }

  @Test
  void whatIsFetchedHasTheHashOfWhatIsServed() throws IOException {
    try (WebApplication application = WebApplication.start(FILE)) {
      List<Long> progress = new ArrayList<>();

      Download fetched =
          Download.of(
              url(application, WebApplication.FILE_PATH), (bytes, since) -> progress.add(bytes));

      assertEquals(200, fetched.status());
      assertEquals(FILE.size(), fetched.size());
      assertEquals(FILE.sha256(), fetched.sha256());
      assertEquals(progress.stream().sorted().toList(), progress);
      assertEquals(FILE.size(), progress.get(progress.size() - 1));
    }
  }

  @Test
  void thePageSaysWhereItComesFromAndNothingElseIsThere() throws IOException {
    try (WebApplication application = WebApplication.start(FILE)) {
      assertEquals(200, Download.of(url(application, "/"), (bytes, since) -> {}).status());
      assertTrue(application.lastAsked().isPresent());
      URL nowhere = url(application, "/nowhere");
      assertThrows(FileNotFoundException.class, () -> Download.of(nowhere, (bytes, since) -> {}));
    }
  }

  @Test
  void anotherSeedIsAnotherFile() {
    assertEquals(FILE.sha256(), new LargeFile(42, 1_000_001).sha256());
    assertNotEquals(FILE.sha256(), new LargeFile(43, 1_000_001).sha256());
    assertNotEquals(FILE.sha256(), new LargeFile(42, 1_000_000).sha256());
  }
}
