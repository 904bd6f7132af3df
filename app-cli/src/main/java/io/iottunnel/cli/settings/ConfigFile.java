package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.NearestName;
import io.iottunnel.cli.given.TextFile;
import io.iottunnel.domain.ConfigurationException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of options: lines of {@code key = value}, where a key is an option's long name. A {@code
 * #} at the beginning of a line or behind white space begins a comment. A flag is {@code true} or
 * {@code false}.
 */
final class ConfigFile {

  /** These are for whoever types a command; in a file they would make no sense. */
  private static final Set<Option> FOR_THE_COMMAND_LINE =
      EnumSet.of(
          Option.HELP, Option.VERSION, Option.CONFIG, Option.EXPORT_DEFAULT_SETTINGS, Option.STDIO);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  private final TextFile file;
  private final Map<Option, Given> values = new EnumMap<>(Option.class);
  private final Set<Option> seen = EnumSet.noneOf(Option.class);

  private ConfigFile(TextFile file) {
    this.file = file;
  }

  /**
   * Reads one.
   *
   * @throws ConfigurationException naming file and line, at the first thing that cannot be used
   */
  static Layer read(Given named) {
    return new ConfigFile(TextFile.read(named)).layer();
  }

  private Layer layer() {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutComment(lines.get(i)).strip();
      if (!line.isEmpty()) {
        take(line, file.at(i));
      }
    }
    return new Layer(values);
  }

  private void take(String line, String place) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new ConfigurationException(place + ": 'key = value' is expected, and there is no '='");
    }
    String key = line.substring(0, equals).strip();
    Option option = option(key, place);
    Given given =
        new Given(line.substring(equals + 1).strip(), place + ": " + key, Optional.of(file.path()));
    if (!seen.add(option)) {
      throw new ConfigurationException(given.origin() + " is given twice in this file");
    }
    if (option.form().value() == OptionForm.Value.NONE) {
      takeFlag(option, given);
    } else if (given.value().isEmpty() && option != Option.WEB_PROXY) {
      throw new ConfigurationException(given.origin() + ": a value is missing");
    } else {
      values.put(option, given);
    }
  }

  private void takeFlag(Option option, Given given) {
    switch (given.value()) {
      case "true" -> values.put(option, given);
      case "false" -> {}
      default -> throw given.refused("true or false is expected");
    }
  }

  private static Option option(String key, String place) {
    return allowed()
        .filter(option -> option.form().longName().equals(key))
        .findFirst()
        .orElseThrow(() -> unknown(key, place));
  }

  private static Stream<Option> allowed() {
    return Arrays.stream(Option.values()).filter(option -> !FOR_THE_COMMAND_LINE.contains(option));
  }

  /**
   * Quotes only what looks like a name: a secret may stand at the beginning of a line by mistake.
   */
  private static ConfigurationException unknown(String key, String place) {
    List<String> known = allowed().map(option -> option.form().longName()).toList();
    return new ConfigurationException(
        NAME.matcher(key).matches()
            ? "%s: '%s' is no option for a file%s"
                .formatted(place, key, NearestName.question(key, known))
            : place + ": what stands before '=' is no option");
  }

  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
        return line.substring(0, i);
      }
    }
    return line;
  }
}
