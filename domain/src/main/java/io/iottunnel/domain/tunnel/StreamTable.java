package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.StreamState.ACTIVE;
import static io.iottunnel.domain.tunnel.StreamState.NONE;

/**
 * Every transition of a service's stream, at either end. Rendered to {@code
 * docs/protocol-states.md}.
 */
final class StreamTable {

  /** Where an input leads, and what it does on the way. */
  record Step(StreamState next, StreamAction action) {}

  private StreamTable() {}

  static Step atSource(StreamState state, StreamInput input) {
    return switch (state) {
      case NONE ->
          switch (input) {
            case CLIENT, LONE_CLIENT -> new Step(ACTIVE, StreamAction.START);
            case STREAM_START, CONNECTION_START, CONNECTION_START_OPEN ->
                new Step(NONE, StreamAction.RESET_AND_RECONNECT);
            case DATA, DATA_ASTRAY, STALE -> new Step(NONE, StreamAction.IGNORE);
            case CONNECTION_RESET, STREAM_RESET -> new Step(NONE, StreamAction.IGNORE);
            case LONE_CONNECTION_ENDED, ALL_ENDED -> new Step(NONE, StreamAction.NOTHING);
          };
      case ACTIVE ->
          switch (input) {
            case CLIENT -> new Step(ACTIVE, StreamAction.JOIN);
            case LONE_CLIENT -> new Step(ACTIVE, StreamAction.REFUSE_CLIENT);
            case STREAM_START, CONNECTION_START, CONNECTION_START_OPEN ->
                new Step(ACTIVE, StreamAction.RESET_AND_RECONNECT);
            case DATA -> new Step(ACTIVE, StreamAction.DELIVER);
            case CONNECTION_RESET -> new Step(ACTIVE, StreamAction.END_CONNECTION);
            case STREAM_RESET, ALL_ENDED -> new Step(NONE, StreamAction.END_STREAM);
            case DATA_ASTRAY, STALE -> new Step(ACTIVE, StreamAction.IGNORE);
            case LONE_CONNECTION_ENDED -> new Step(NONE, StreamAction.NOTHING);
          };
    };
  }

  static Step atDestination(StreamState state, StreamInput input) {
    return switch (state) {
      case NONE ->
          switch (input) {
            case STREAM_START, CONNECTION_START, CONNECTION_START_OPEN ->
                new Step(ACTIVE, StreamAction.ADOPT);
            case DATA_ASTRAY -> new Step(NONE, StreamAction.ANSWER_RESET);
            case DATA, CONNECTION_RESET, STREAM_RESET, STALE -> new Step(NONE, StreamAction.IGNORE);
            case CLIENT, LONE_CLIENT -> new Step(NONE, StreamAction.REFUSE_CLIENT);
            case LONE_CONNECTION_ENDED, ALL_ENDED -> new Step(NONE, StreamAction.NOTHING);
          };
      case ACTIVE ->
          switch (input) {
            case STREAM_START -> new Step(ACTIVE, StreamAction.REPLACE);
            case CONNECTION_START -> new Step(ACTIVE, StreamAction.CONNECT);
            case CONNECTION_START_OPEN -> new Step(ACTIVE, StreamAction.REFUSE_CONNECTION);
            case DATA -> new Step(ACTIVE, StreamAction.DELIVER);
            case DATA_ASTRAY -> new Step(ACTIVE, StreamAction.ANSWER_RESET);
            case CONNECTION_RESET -> new Step(ACTIVE, StreamAction.END_CONNECTION);
            case STREAM_RESET, ALL_ENDED -> new Step(NONE, StreamAction.END_STREAM);
            case STALE -> new Step(ACTIVE, StreamAction.IGNORE);
            case CLIENT, LONE_CLIENT -> new Step(ACTIVE, StreamAction.REFUSE_CLIENT);
            case LONE_CONNECTION_ENDED -> new Step(NONE, StreamAction.NOTHING);
          };
    };
  }
}
