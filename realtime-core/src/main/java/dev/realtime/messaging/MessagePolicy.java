package dev.realtime.messaging;

import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;

/**
 * Decides who may write to whom. Called on worker threads, where it may block; safe for many of them. A policy that
 * throws has said no.
 */
@FunctionalInterface
public interface MessagePolicy {

    /** Whether the sender may write to the recipient directly. */
    boolean mayWrite(Principal sender, UserId recipient);
}
