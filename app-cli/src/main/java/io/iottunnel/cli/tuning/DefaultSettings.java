package io.iottunnel.cli.tuning;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.TextFile;
import io.iottunnel.domain.ConfigurationException;
import io.iottunnel.domain.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes a file of settings that says what holds without one, for the user to change. */
public final class DefaultSettings {

  private static final ObjectWriteContext INDENTED =
      new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }
      };

  private DefaultSettings() {}

  /**
   * Writes it, over a file that may be there.
   *
   * @param named the option and the file that it names
   * @throws ConfigurationException naming both and the reason, if it cannot be written
   */
  public static void write(Given named) {
    try {
      Files.writeString(named.path(), json());
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: cannot write '%s': %s"
              .formatted(named.origin(), Printable.of(named.value(), 200), TextFile.reason(e)),
          e);
    }
  }

  static String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(INDENTED, text)) {
      Nesting nesting = new Nesting(json);
      json.writeStartObject();
      for (Setting setting : Setting.values()) {
        nesting.writeName(setting.path());
        write(json, setting.form().usual());
      }
      nesting.writeName(Setting.OVERRIDES);
      json.writeStartObject().writeEndObject();
      nesting.closeAll();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Object value) {
    if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }

  /** Opens and closes the objects that paths, in their order, are made of. */
  private static final class Nesting {
    private final JsonGenerator json;
    private final Deque<String> open = new ArrayDeque<>();

    Nesting(JsonGenerator json) {
      this.json = json;
    }

    void writeName(String path) {
      List<String> names = List.of(path.split("\\."));
      List<String> parents = names.subList(0, names.size() - 1);
      while (!parents.subList(0, Math.min(open.size(), parents.size())).equals(List.copyOf(open))) {
        close();
      }
      parents.subList(open.size(), parents.size()).forEach(this::open);
      json.writeName(names.get(names.size() - 1));
    }

    void closeAll() {
      while (!open.isEmpty()) {
        close();
      }
    }

    private void open(String name) {
      json.writeName(name).writeStartObject();
      open.addLast(name);
    }

    private void close() {
      json.writeEndObject();
      open.removeLast();
    }
  }
}
