package io.iottunnel.cli.settings;

import io.iottunnel.cli.tuning.Tuning;
import io.iottunnel.ports.UpgradeRequest;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants to know of the way to the service.
 *
 * @param upgrade what to ask the service for in the end, where the access token may be spent
 * @param json whether a machine reads the report
 * @param warnings what the user should know, without secrets
 */
public record DoctorSettings(
    WaySettings way,
    LogSettings log,
    Tuning tuning,
    Optional<UpgradeRequest> upgrade,
    boolean json,
    List<String> warnings) {}
