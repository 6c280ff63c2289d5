package dev.realtime.presence;

import java.util.Optional;

/**
 * A session that has come.
 *
 * @param isReturn whether the user had none before, on any node
 * @param change what others see of it
 */
public record Arrival(boolean isReturn, Optional<Change> change) {}
