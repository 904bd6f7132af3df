package io.iottunnel.domain.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks every cell of the tables of streams and connections, and keeps their page up to date. */
class ProtocolStatesTest {

  private static final String REGENERATE =
      "docs/protocol-states.md is stale. Regenerate it:"
          + " mvn -pl domain test -Dtest=ProtocolStatesTest -Drender=true";

  private record Cell(ConnectionState state, ConnectionInput input, ConnectionTable.Step step) {
    boolean does(ConnectionAction action) {
      return step.actions().contains(action);
    }
  }

  private static List<Cell> cells() {
    return EnumSet.allOf(ConnectionState.class).stream()
        .flatMap(
            state ->
                EnumSet.allOf(ConnectionInput.class).stream()
                    .map(input -> new Cell(state, input, ConnectionTable.on(state, input))))
        .toList();
  }

  @Test
  void thePageShowsTheTablesAsTheyAre() throws IOException {
    Path domain = Path.of(System.getProperty("basedir", "."));
    Path page = domain.resolveSibling("docs").resolve("protocol-states.md");
    String rendered =
        ProtocolStatesPage.render(domain.resolve("src/main/java/io/iottunnel/domain/tunnel"));
    if (Boolean.getBoolean("render")) {
      Files.writeString(page, rendered);
    }
    assertTrue(Files.exists(page), REGENERATE);
    assertEquals(rendered, Files.readString(page), REGENERATE);
  }

  @Test
  void aConnectionThatIsClosedStaysSo() {
    cells().stream()
        .filter(cell -> cell.state() == ConnectionState.CLOSED)
        .forEach(
            cell ->
                assertEquals(
                    new ConnectionTable.Step(
                        ConnectionState.CLOSED, List.of(ConnectionAction.IGNORE)),
                    cell.step()));
  }

  @Test
  void everyWayToTheEndClosesTheLocalSideOnce() {
    for (Cell cell : cells()) {
      boolean ends =
          cell.state() != ConnectionState.CLOSED && cell.step().next() == ConnectionState.CLOSED;
      long closings =
          cell.step().actions().stream()
              .filter(a -> a == ConnectionAction.CLOSE || a == ConnectionAction.ABORT)
              .count();
      assertEquals(ends ? 1 : 0, closings, cell.toString());
    }
  }

  @Test
  void thePeerIsToldOfTheEndUnlessItIsThePeerThatEnds() {
    Set<ConnectionState> ofTheStream =
        EnumSet.of(
            ConnectionState.CONNECTING,
            ConnectionState.OPEN,
            ConnectionState.READ_ONLY,
            ConnectionState.LINGERING);
    for (Cell cell : cells()) {
      boolean leaves =
          ofTheStream.contains(cell.state()) && !ofTheStream.contains(cell.step().next());
      boolean told = leaves && cell.input() != ConnectionInput.ENDED_BY_PEER;
      assertEquals(told, cell.does(ConnectionAction.RESET_PEER), cell.toString());
    }
  }

  @Test
  void noConnectionComesBackToItsStream() {
    for (Cell cell : cells()) {
      assertTrue(
          cell.step().next().compareTo(cell.state()) >= 0,
          () -> "states are in the order of a life: " + cell);
    }
  }

  @Test
  void whatIsIgnoredChangesNothing() {
    cells().stream()
        .filter(cell -> cell.does(ConnectionAction.IGNORE))
        .forEach(cell -> assertEquals(cell.state(), cell.step().next(), cell.toString()));
  }

  @Test
  void onlyADestinationConnectsAndOnlyASourceStarts() {
    Set<StreamAction> ofDestination =
        EnumSet.of(
            StreamAction.ADOPT,
            StreamAction.REPLACE,
            StreamAction.CONNECT,
            StreamAction.REFUSE_CONNECTION,
            StreamAction.ANSWER_RESET);
    Set<StreamAction> ofSource =
        EnumSet.of(StreamAction.START, StreamAction.JOIN, StreamAction.RESET_AND_RECONNECT);
    for (StreamState state : StreamState.values()) {
      for (StreamInput input : StreamInput.values()) {
        assertFalse(ofDestination.contains(StreamTable.atSource(state, input).action()));
        assertFalse(ofSource.contains(StreamTable.atDestination(state, input).action()));
      }
    }
  }
}
