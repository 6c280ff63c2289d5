package dev.realtime.presence;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A user who was on a node that is gone, and on no other.
 *
 * @param user who
 * @param at when the node was heard of last
 * @param change what others see of it
 */
public record Loss(UserId user, Instant at, Optional<Change> change) {}
