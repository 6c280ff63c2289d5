package dev.realtime.wire;

import dev.realtime.address.SessionId;
import dev.realtime.engine.Hub;
import dev.realtime.error.StoreException;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.time.Timers;
import dev.realtime.turn.Turns;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Tells presence which sessions there are, and sessions that are back how those are seen whom they watch. Neither holds
 * up the session.
 */
public final class PresenceSessions implements SessionListener {
    private static final Duration ANOTHER_TRY = Duration.ofSeconds(3);

    private final PresenceTracker tracker;
    private final Watching watching;
    private final Hub hub;
    private final Timers timers;
    private final Executor workers;
    /** One look at a session and its telling at a time, or the older one could be told last. */
    private final Turns looks = new Turns();

    /** Looks for sessions in {@code hub}. */
    public PresenceSessions(PresenceTracker tracker, Watching watching, Hub hub, Timers timers, Executor workers) {
        this.tracker = tracker;
        this.watching = watching;
        this.hub = hub;
        this.timers = timers;
        this.workers = workers;
    }

    @Override
    public void opened(Session session) {
        look(session);
    }

    @Override
    public void closed(Session session, EndReason reason) {
        look(session);
    }

    /** What it missed comes first; changes meanwhile are not heard before all of that is on its way. */
    @Override
    public void resumed(Session session) {
        look(session);
        hub.whenCaughtUp(session.id(), () -> workers.execute(() -> restore(session)));
    }

    private void look(Session session) {
        looks.take(session.id(), () -> {
            if (isHere(session.id())) {
                tracker.arrived(session.principal().user(), session.id());
            } else {
                tracker.left(session.principal().user(), session.id());
            }
        });
    }

    private void restore(Session session) {
        try {
            watching.restore(session);
        } catch (StoreException away) {
            timers.after(
                    ANOTHER_TRY,
                    () -> workers.execute(() -> {
                        if (isHere(session.id())) {
                            restore(session);
                        }
                    }));
        }
    }

    private boolean isHere(SessionId session) {
        return hub.find(session).isPresent();
    }
}
