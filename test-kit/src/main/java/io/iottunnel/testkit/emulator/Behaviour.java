package io.iottunnel.testkit.emulator;

import io.iottunnel.testkit.websocket.Chop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How an emulator was built to behave, for all its sessions. */
record Behaviour(
    Chop frames,
    boolean withholdsServiceIds,
    boolean gluesServiceIds,
    boolean pongsOnlyWithSource,
    Optional<String> subprotocol,
    int messagesKept,
    Duration limit,
    OptionalInt socketBuffers) {}
