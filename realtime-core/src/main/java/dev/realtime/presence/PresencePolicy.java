package dev.realtime.presence;

import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;

/**
 * Decides who sees whom. Asked on worker threads when somebody asks for or subscribes to a user and when a session that
 * watches comes back, not again at each change. One that throws has said no.
 */
@FunctionalInterface
public interface PresencePolicy {

    /** Whether {@code who} may know whether {@code other} is there. */
    boolean maySee(Principal who, UserId other);
}
