package io.iottunnel.cli.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.cli.given.Given;
import io.iottunnel.domain.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultSettingsTest {

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsTakenBackUnchanged() {
    Given file = new Given(directory.resolve("settings.json").toString(), "--settings-json");
    List<String> warnings = new ArrayList<>();

    DefaultSettings.write(file);

    assertEquals(Tuning.usual(), Tuning.read(file, warnings::add));
    assertEquals(List.of(), warnings);
  }

  @Test
  void everySettingIsWrittenNestedAndInItsType() throws IOException {
    Path file = directory.resolve("settings.json");
    Files.writeString(file, "of an earlier time, and longer than nothing");
    DefaultSettings.write(new Given(file.toString(), "--export-default-settings"));
    String json = Files.readString(file);

    for (Setting setting : Setting.values()) {
      String name = setting.key().substring(setting.key().lastIndexOf('.') + 1);
      assertTrue(json.contains('"' + name + "\" : "), json);
    }
    assertTrue(
        json.startsWith(
            """
            {
              "tunneling" : {
                "proxy" : {
                  "default_bind_address" : "localhost",
                  "endpoint_format" : "data.tunneling.iot.%s.amazonaws.com",
                  "message" : {
                    "data_length_size" : 2,
            """),
        json);
    assertTrue(json.contains("\"reconnect_on_data_error\" : true,"), json);
    assertTrue(json.contains("\"region_endpoint_overrides\" : { }"), json);
    assertTrue(json.endsWith("}\n"), json);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithItsOption() {
    Path file = directory.resolve("missing/settings.json");

    assertEquals(
        "--export-default-settings: cannot write '" + file + "': there is no such file",
        assertThrows(
                ConfigurationException.class,
                () ->
                    DefaultSettings.write(new Given(file.toString(), "--export-default-settings")))
            .getMessage());
  }
}
