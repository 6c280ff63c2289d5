package dev.realtime.call;

import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;

/**
 * Decides who may ring whom outside of a visit. Called on worker threads, where it may block; safe for many of them. A
 * policy that throws has said no.
 */
@FunctionalInterface
public interface CallPolicy {

    /** Whether the caller may ring the callee. */
    boolean mayCall(Principal caller, UserId callee);
}
