package dev.realtime.wire;

import dev.realtime.engine.Hub;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.messaging.MessageRights;
import dev.realtime.messaging.Target;
import dev.realtime.session.Session;

/**
 * The right to be seen writing: that of sending. Who is in a room was let in and need not be looked up again with each
 * key; this also keeps typing alive while the database that knows the visits is away.
 */
public final class TypingRight {
    private final MessageRights rights;
    private final Hub hub;

    /** Asks {@code rights} for those who are not in the room. */
    public TypingRight(MessageRights rights, Hub hub) {
        this.rights = rights;
        this.hub = hub;
    }

    /**
     * The right of a session to be seen writing to the target.
     *
     * @throws AccessDeniedException without it
     */
    void require(Session session, Target target) {
        if (target instanceof Target.ToRoom to && hub.isIn(session.id(), to.to())) {
            rights.requireToAddress(session.principal(), to.to());
        } else {
            rights.requireToSend(session.principal(), target);
        }
    }
}
