package io.iottunnel.cli.tuning;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.NearestName;
import io.iottunnel.cli.given.TextFile;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.Printable;
import io.iottunnel.domain.ProxyEndpoint;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A file of settings: a JSON object whose nested names, joined by dots, are the paths of {@link
 * Setting}s. Numbers and truth values may stand in quotes, as the reference writes them.
 */
final class SettingsFile {

  private static final int LONGEST_SHOWN = 200;

  private final TextFile file;
  private final JsonParser json;
  private final Consumer<String> warnings;
  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
  private final Map<String, HostAndPort> overrides = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  private SettingsFile(TextFile file, JsonParser json, Consumer<String> warnings) {
    this.file = file;
    this.json = json;
    this.warnings = warnings;
  }

  /**
   * Reads one.
   *
   * @param named the option and the file that it names
   * @param warnings is told of names that are no setting's
   * @throws ConfigurationException naming file, line and setting, at the first thing that cannot be
   *     used
   */
  static SettingsFile read(Given named, Consumer<String> warnings) {
    TextFile file = TextFile.read(named);
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), file.text())) {
      SettingsFile settings = new SettingsFile(file, json, warnings);
      settings.readAll();
      return settings;
    } catch (JacksonException e) {
      throw notJson(file, Optional.ofNullable(e.getLocation()), e);
    }
  }

  /** Without the parser's words: they quote the file, and a file of tokens may have been named. */
  private static ConfigurationException notJson(
      TextFile file, Optional<TokenStreamLocation> where, JacksonException cause) {
    int line = where.map(TokenStreamLocation::getLineNr).orElse(1);
    int column = where.map(TokenStreamLocation::getColumnNr).orElse(1);
    return new ConfigurationException(
        "%s: this is not JSON, from column %d on".formatted(file.at(line - 1), column), cause);
  }

  SettingValues values() {
    return new SettingValues(values);
  }

  /** The services of regions that are elsewhere. */
  Map<String, HostAndPort> overrides() {
    return Map.copyOf(overrides);
  }

  private void readAll() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new ConfigurationException(at() + ": a JSON object is expected");
    }
    readObject("");
    if (json.nextToken() != null) {
      throw new ConfigurationException(at() + ": nothing is expected behind the JSON object");
    }
  }

  /**
   * @param prefix the path of the object with a dot behind it; empty for the outermost
   */
  private void readObject(String prefix) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = prefix + json.currentName();
      String place = at();
      json.nextToken();
      readMember(path, place);
    }
  }

  private void readMember(String path, String place) {
    Optional<Setting> setting =
        Arrays.stream(Setting.values()).filter(it -> it.path().equals(path)).findFirst();
    if (setting.isPresent()) {
      values.put(setting.get(), value(setting.get().form(), path, place));
    } else if (path.startsWith(Setting.OVERRIDES + ".")) {
      Given given = text(path, place, "a HOST or HOST:PORT");
      overrides.put(
          path.substring(Setting.OVERRIDES.length() + 1),
          ProxyEndpoint.parse(given.value(), given.origin()));
    } else if (paths().anyMatch(known -> known.startsWith(path + "."))) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new ConfigurationException("%s: %s: an object is expected".formatted(place, path));
      }
      readObject(path + ".");
    } else {
      warnings.accept(unknown(path, place));
      json.skipChildren();
    }
  }

  private Object value(SettingForm form, String path, String place) {
    Given given =
        form instanceof SettingForm.Text ? text(path, place, form.expected()) : given(path, place);
    return form.read(given.value())
        .orElseThrow(() -> given.refused(form.expected() + " is expected"));
  }

  private Given text(String path, String place, String expected) {
    Given given = given(path, place);
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw given.refused(expected + " is expected, in quotes");
    }
    return given;
  }

  /** The value at hand, as its origin names it. */
  private Given given(String path, String place) {
    String origin = place + ": " + Printable.of(path, LONGEST_SHOWN);
    if (!seen.add(path)) {
      throw new ConfigurationException(origin + " is given twice in this file");
    }
    return new Given(json.getString(), origin, Optional.of(file.path()));
  }

  private String unknown(String path, String place) {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::path).toList();
    String hint =
        path.startsWith(Setting.ROOT)
            ? NearestName.question(path, known)
            : "; settings stand under " + Setting.ROOT.substring(0, Setting.ROOT.length() - 1);
    return "%s: '%s' is no setting, and ignored%s"
        .formatted(place, Printable.of(path, LONGEST_SHOWN), hint);
  }

  private static Stream<String> paths() {
    return Stream.concat(
        Arrays.stream(Setting.values()).map(Setting::path), Stream.of(Setting.OVERRIDES + "."));
  }

  private String at() {
    return file.at(json.currentTokenLocation().getLineNr() - 1);
  }
}
