package io.iottunnel.domain.tunnel;

import static io.iottunnel.domain.tunnel.ConnectionAction.ABORT;
import static io.iottunnel.domain.tunnel.ConnectionAction.CLOSE;
import static io.iottunnel.domain.tunnel.ConnectionAction.DISCARD;
import static io.iottunnel.domain.tunnel.ConnectionAction.FINISH;
import static io.iottunnel.domain.tunnel.ConnectionAction.IGNORE;
import static io.iottunnel.domain.tunnel.ConnectionAction.LINGER;
import static io.iottunnel.domain.tunnel.ConnectionAction.READ;
import static io.iottunnel.domain.tunnel.ConnectionAction.RESET_PEER;
import static io.iottunnel.domain.tunnel.ConnectionAction.SEND;
import static io.iottunnel.domain.tunnel.ConnectionAction.WRITE;
import static io.iottunnel.domain.tunnel.ConnectionState.CLOSED;
import static io.iottunnel.domain.tunnel.ConnectionState.CONNECTING;
import static io.iottunnel.domain.tunnel.ConnectionState.DRAINING;
import static io.iottunnel.domain.tunnel.ConnectionState.FINISHING;
import static io.iottunnel.domain.tunnel.ConnectionState.LINGERING;
import static io.iottunnel.domain.tunnel.ConnectionState.OPEN;
import static io.iottunnel.domain.tunnel.ConnectionState.OWING;
import static io.iottunnel.domain.tunnel.ConnectionState.READ_ONLY;

import java.util.List;

/**
 * Every transition of a connection. Rendered to {@code docs/protocol-states.md}.
 *
 * <p>A connection that enters OWING or DRAINING with nothing undelivered is told ALL_DELIVERED at
 * once.
 */
final class ConnectionTable {

  /** Where an input leads, and what it does on the way. */
  record Step(ConnectionState next, List<ConnectionAction> actions) {}

  private ConnectionTable() {}

  static Step on(ConnectionState state, ConnectionInput input) {
    return switch (state) {
      case CONNECTING ->
          switch (input) {
            case CONNECTED -> to(OPEN, READ);
            case CONNECT_FAILED, STALLED -> to(CLOSED, RESET_PEER, ABORT);
            case DATA_RECEIVED -> to(CONNECTING, WRITE);
            case ENDED_BY_PEER -> to(OWING);
            case ENDED_BY_US -> to(OWING, RESET_PEER);
            case ALL_DELIVERED -> to(CONNECTING);
            case BYTES_READ, END_OF_FILE, HALF_CLOSED, READ_FAILED, WRITE_FAILED -> ignore(state);
            case LINGER_OVER, TIMED_OUT -> ignore(state);
          };
      case OPEN ->
          switch (input) {
            case BYTES_READ -> to(OPEN, SEND);
            case DATA_RECEIVED -> to(OPEN, WRITE);
            case END_OF_FILE -> to(DRAINING, RESET_PEER);
            case HALF_CLOSED -> to(LINGERING, LINGER);
            case READ_FAILED, STALLED -> to(CLOSED, RESET_PEER, ABORT);
            case WRITE_FAILED -> to(READ_ONLY);
            case ENDED_BY_PEER -> to(DRAINING, DISCARD);
            case ENDED_BY_US -> to(DRAINING, RESET_PEER, DISCARD);
            case ALL_DELIVERED -> to(OPEN);
            case CONNECTED, CONNECT_FAILED, LINGER_OVER, TIMED_OUT -> ignore(state);
          };
      case READ_ONLY ->
          switch (input) {
            case BYTES_READ -> to(READ_ONLY, SEND);
            case DATA_RECEIVED -> to(READ_ONLY, IGNORE);
            case END_OF_FILE, HALF_CLOSED, READ_FAILED, ENDED_BY_US ->
                to(CLOSED, RESET_PEER, ABORT);
            case ENDED_BY_PEER -> to(CLOSED, ABORT);
            case ALL_DELIVERED, WRITE_FAILED -> to(READ_ONLY);
            case CONNECTED, CONNECT_FAILED, LINGER_OVER, STALLED, TIMED_OUT -> ignore(state);
          };
      case LINGERING ->
          switch (input) {
            case DATA_RECEIVED -> to(LINGERING, WRITE, LINGER);
            case LINGER_OVER, ENDED_BY_US -> to(DRAINING, RESET_PEER);
            case WRITE_FAILED, STALLED -> to(CLOSED, RESET_PEER, ABORT);
            case ENDED_BY_PEER -> to(DRAINING);
            case ALL_DELIVERED -> to(LINGERING);
            case CONNECTED, CONNECT_FAILED, BYTES_READ, TIMED_OUT -> ignore(state);
            case END_OF_FILE, HALF_CLOSED, READ_FAILED -> ignore(state);
          };
      case OWING ->
          switch (input) {
            case CONNECTED -> to(DRAINING, DISCARD);
            case CONNECT_FAILED, ALL_DELIVERED, STALLED, TIMED_OUT -> to(CLOSED, ABORT);
            case BYTES_READ, END_OF_FILE, HALF_CLOSED, READ_FAILED, WRITE_FAILED -> ignore(state);
            case DATA_RECEIVED, ENDED_BY_PEER, ENDED_BY_US, LINGER_OVER -> ignore(state);
          };
      case DRAINING ->
          switch (input) {
            case BYTES_READ -> to(DRAINING, DISCARD);
            case ALL_DELIVERED -> to(FINISHING, FINISH);
            case WRITE_FAILED, STALLED, TIMED_OUT -> to(CLOSED, ABORT);
            case END_OF_FILE, HALF_CLOSED, READ_FAILED -> to(DRAINING);
            case CONNECTED, CONNECT_FAILED, LINGER_OVER -> ignore(state);
            case DATA_RECEIVED, ENDED_BY_PEER, ENDED_BY_US -> ignore(state);
          };
      case FINISHING ->
          switch (input) {
            case END_OF_FILE, HALF_CLOSED, TIMED_OUT -> to(CLOSED, CLOSE);
            case READ_FAILED, WRITE_FAILED -> to(CLOSED, ABORT);
            case ALL_DELIVERED -> to(FINISHING);
            case BYTES_READ, DATA_RECEIVED, ENDED_BY_PEER, ENDED_BY_US -> ignore(state);
            case CONNECTED, CONNECT_FAILED, LINGER_OVER, STALLED -> ignore(state);
          };
      case CLOSED ->
          switch (input) {
            case CONNECTED, CONNECT_FAILED, BYTES_READ, END_OF_FILE, HALF_CLOSED -> ignore(state);
            case READ_FAILED, WRITE_FAILED, DATA_RECEIVED, ENDED_BY_PEER -> ignore(state);
            case ENDED_BY_US, ALL_DELIVERED, LINGER_OVER, STALLED, TIMED_OUT -> ignore(state);
          };
    };
  }

  private static Step to(ConnectionState next, ConnectionAction... actions) {
    return new Step(next, List.of(actions));
  }

  private static Step ignore(ConnectionState state) {
    return new Step(state, List.of(IGNORE));
  }
}
