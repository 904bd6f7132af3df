package io.iottunnel.cli.settings;

import java.util.List;

/**
 * What the user wants, validated.
 *
 * @param warnings what the user should know, without secrets
 */
public record Settings(
    EndSettings end,
    TokenSettings tokens,
    WaySettings way,
    LogSettings log,
    List<String> warnings) {}
