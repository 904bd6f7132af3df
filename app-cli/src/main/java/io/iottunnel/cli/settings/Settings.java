package io.iottunnel.cli.settings;

import io.iottunnel.cli.tuning.Tuning;
import java.util.List;

/**
 * What the user wants, validated.
 *
 * @param tuning numbers and limits
 * @param warnings what the user should know, without secrets
 */
public record Settings(
    EndSettings end,
    TokenSettings tokens,
    WaySettings way,
    LogSettings log,
    Tuning tuning,
    List<String> warnings) {}
