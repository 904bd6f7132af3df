package io.iottunnel.domain.tunnel;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of streams and connections as a page for people. The meaning of each word is taken
 * from the Javadoc of its constant, so that the page says what the code says.
 */
final class ProtocolStatesPage {

  private static final String INTRODUCTION =
      """
      # The states of the protocol

      <!-- Written by ProtocolStatesTest: change the tables, then render this page. -->

      A service of the tunnel has at most one *stream* at a time, and a stream has *connections*: each stands for
      one TCP connection of a client to a source, and for the one that a destination opens to the application in
      its place. Everything that can happen to either is in these tables, and nothing else can: the code behind
      them is `StreamTable` and `ConnectionTable` in the room `domain`, and a test holds this page against it.

      Read a row from the left: *this happened*. Below the state in which it happened stands what is done, and
      after the arrow the state that follows; without an arrow the state stays. An empty cell drops what
      happened, visibly where observers look; `nothing` means that it is no surprise and needs no deed.
      """;

  private final StringBuilder page = new StringBuilder();

  static String render(Path sources) throws IOException {
    ProtocolStatesPage page = new ProtocolStatesPage();
    page.write(sources);
    return page.page.toString();
  }

  private void write(Path sources) throws IOException {
    page.append(INTRODUCTION);
    heading("The stream of a service, at a source");
    table(StreamState.values(), StreamInput.values(), cell(StreamTable::atSource));
    heading("The stream of a service, at a destination");
    table(StreamState.values(), StreamInput.values(), cell(StreamTable::atDestination));
    heading("One connection, at either end");
    diagram();
    table(
        ConnectionState.values(),
        ConnectionInput.values(),
        (state, input) -> {
          ConnectionTable.Step step = ConnectionTable.on(state, input);
          String deeds = step.actions().stream().map(ConnectionAction::name).collect(joining(", "));
          return cell(deeds, "IGNORE", state, step.next());
        });
    heading("The words");
    words(sources, "States of a stream", "StreamState");
    words(sources, "What happens to a stream", "StreamInput");
    words(sources, "What is done for a stream", "StreamAction");
    words(sources, "States of a connection", "ConnectionState");
    words(sources, "What happens to a connection", "ConnectionInput");
    words(sources, "What is done for a connection", "ConnectionAction");
  }

  private void heading(String text) {
    page.append("\n## ").append(text).append("\n\n");
  }

  private static BiFunction<StreamState, StreamInput, String> cell(
      BiFunction<StreamState, StreamInput, StreamTable.Step> table) {
    return (state, input) -> {
      StreamTable.Step step = table.apply(state, input);
      return cell(step.action().name(), StreamAction.IGNORE.name(), state, step.next());
    };
  }

  private static String cell(String deeds, String ignored, Enum<?> state, Enum<?> next) {
    if (deeds.equals(ignored) && state == next) {
      return "";
    }
    String done = deeds.isEmpty() || deeds.equals("NOTHING") ? "nothing" : deeds;
    return state == next ? done : (done.equals("nothing") ? "" : done + " ") + "→ **" + next + "**";
  }

  private <S, I> void table(S[] states, I[] inputs, BiFunction<S, I, String> cell) {
    List<String> header = new ArrayList<>(List.of(""));
    List<String> rule = new ArrayList<>(List.of("---"));
    for (S state : states) {
      header.add("in " + state);
      rule.add("---");
    }
    row(header);
    row(rule);
    for (I input : inputs) {
      List<String> row = new ArrayList<>(List.of("**" + input + "**"));
      for (S state : states) {
        row.add(cell.apply(state, input));
      }
      row(row);
    }
  }

  private void row(List<String> cells) {
    page.append(cells.stream().collect(joining(" | ", "| ", " |\n")));
  }

  /** The ways of a connection from state to state. */
  private void diagram() {
    page.append("```mermaid\nstateDiagram-v2\n    [*] --> CONNECTING : at a destination\n");
    page.append("    [*] --> OPEN : at a source\n");
    for (ConnectionState state : ConnectionState.values()) {
      Map<ConnectionState, List<String>> ways = new EnumMap<>(ConnectionState.class);
      for (ConnectionInput input : ConnectionInput.values()) {
        ConnectionState next = ConnectionTable.on(state, input).next();
        if (next != state) {
          ways.computeIfAbsent(next, s -> new ArrayList<>()).add(input.name());
        }
      }
      ways.forEach(
          (next, inputs) ->
              page.append("    ")
                  .append(state)
                  .append(" --> ")
                  .append(next)
                  .append(" : ")
                  .append(String.join("<br/>", inputs))
                  .append('\n'));
    }
    page.append("    CLOSED --> [*]\n```\n\n");
  }

  private void words(Path sources, String title, String type) throws IOException {
    page.append("**").append(title).append("**\n\n");
    meanings(Files.readString(sources.resolve(type + ".java")))
        .forEach(
            (word, meaning) ->
                page.append("- ").append(word).append(": ").append(meaning).append('\n'));
    page.append('\n');
  }

  /** The constants of an enum with their Javadoc. */
  private static Map<String, String> meanings(String source) {
    Map<String, String> meanings = new LinkedHashMap<>();
    Matcher constant =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z_]+)\\b", Pattern.DOTALL)
            .matcher(source);
    while (constant.find()) {
      meanings.put(
          constant.group(2), constant.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip());
    }
    return meanings;
  }
}
