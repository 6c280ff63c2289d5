package dev.realtime.presence;

import dev.realtime.time.Timers;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What moves presence on.
 *
 * @param time the clock of moments, which agrees with those of other nodes to a second or so
 * @param timers the clock of delays
 * @param workers runs what may block
 */
public record Clockwork(InstantSource time, Timers timers, Executor workers) {}
