package dev.realtime.reaction;

import dev.realtime.address.UserId;
import dev.realtime.call.CallSignaler;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.session.SessionRegistry;
import java.time.InstantSource;

/**
 * Tells calls when a user has no live session on this node any more, and when there is one again; what that means for a
 * call, the call knows.
 */
public final class LeavingEndsCall implements SessionListener {
    private static final int STRIPES = 64;

    private final CallSignaler calls;
    private final SessionRegistry sessions;
    private final InstantSource time;
    /** One departure or return of a user at a time, or a return could be forgotten over the departure before it. */
    private final Object[] stripes = new Object[STRIPES];

    /** Looks for live sessions in {@code sessions}. */
    public LeavingEndsCall(CallSignaler calls, SessionRegistry sessions, InstantSource time) {
        this.calls = calls;
        this.sessions = sessions;
        this.time = time;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    @Override
    public void opened(Session session) {
        isBack(session.principal().user());
    }

    @Override
    public void resumed(Session session) {
        isBack(session.principal().user());
    }

    @Override
    public void closed(Session session, EndReason reason) {
        UserId user = session.principal().user();
        synchronized (stripe(user)) {
            if (sessions.of(user).isEmpty()) {
                calls.lost(user, time.instant());
            }
        }
    }

    private void isBack(UserId user) {
        synchronized (stripe(user)) {
            calls.returned(user);
        }
    }

    private Object stripe(UserId user) {
        return stripes[Math.floorMod(user.hashCode(), STRIPES)];
    }
}
