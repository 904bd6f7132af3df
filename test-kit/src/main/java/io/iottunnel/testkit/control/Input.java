package io.iottunnel.testkit.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The members of a request, or of a structure in it, checked as they are taken. */
final class Input {

  private final JsonObject members;
  private final String path;

  Input(JsonObject members) {
    this(members, "");
  }

  private Input(JsonObject members, String path) {
    this.members = members;
    this.path = path;
  }

  private Optional<JsonElement> member(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !value.isJsonNull());
  }

  private ControlFailure invalid(String name, String rule) {
    return ControlFailure.invalid(path + name, rule);
  }

  Optional<String> text(String name) throws ControlFailure {
    Optional<JsonElement> value = member(name);
    if (value.isPresent()
        && !(value.get().isJsonPrimitive() && value.get().getAsJsonPrimitive().isString())) {
      throw invalid(name, "Member must be a string");
    }
    return value.map(JsonElement::getAsString);
  }

  /** A text that matches {@code pattern}. */
  Optional<String> text(String name, String pattern) throws ControlFailure {
    Optional<String> value = text(name);
    if (value.isPresent() && !value.get().matches(pattern)) {
      throw invalid(name, "Member must satisfy regular expression pattern: " + pattern);
    }
    return value;
  }

  String requiredText(String name, String pattern) throws ControlFailure {
    Optional<String> value = text(name, pattern);
    if (value.isEmpty()) {
      throw invalid(name, "Member must not be null");
    }
    return value.get();
  }

  boolean flag(String name) throws ControlFailure {
    Optional<JsonElement> value = member(name);
    if (value.isPresent()
        && !(value.get().isJsonPrimitive() && value.get().getAsJsonPrimitive().isBoolean())) {
      throw invalid(name, "Member must be a boolean");
    }
    return value.map(JsonElement::getAsBoolean).orElse(false);
  }

  OptionalInt number(String name, int lowest, int highest) throws ControlFailure {
    Optional<JsonElement> value = member(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!(value.get().isJsonPrimitive() && value.get().getAsJsonPrimitive().isNumber())) {
      throw invalid(name, "Member must be a number");
    }
    int number = value.get().getAsInt();
    if (number < lowest || number > highest) {
      throw invalid(name, "Member must be between %d and %d".formatted(lowest, highest));
    }
    return OptionalInt.of(number);
  }

  Optional<Input> structure(String name) throws ControlFailure {
    Optional<JsonElement> value = member(name);
    if (value.isPresent() && !value.get().isJsonObject()) {
      throw invalid(name, "Member must be a structure");
    }
    return value.map(v -> new Input(v.getAsJsonObject(), path + name + "."));
  }

  private Optional<JsonArray> array(String name) throws ControlFailure {
    Optional<JsonElement> value = member(name);
    if (value.isPresent() && !value.get().isJsonArray()) {
      throw invalid(name, "Member must be a list");
    }
    return value.map(JsonElement::getAsJsonArray);
  }

  /** A list of texts that match {@code pattern}; empty where there is none. */
  List<String> texts(String name, String pattern) throws ControlFailure {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array(name).orElseGet(JsonArray::new)) {
      if (!element.isJsonPrimitive() || !element.getAsString().matches(pattern)) {
        throw invalid(name, "Member must satisfy regular expression pattern: " + pattern);
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  /** A list of structures; empty where there is none. */
  List<Input> structures(String name) throws ControlFailure {
    List<Input> structures = new ArrayList<>();
    for (JsonElement element : array(name).orElseGet(JsonArray::new)) {
      if (!element.isJsonObject()) {
        throw invalid(name, "Member must be a list of structures");
      }
      structures.add(new Input(element.getAsJsonObject(), path + name + "."));
    }
    return structures;
  }
}
