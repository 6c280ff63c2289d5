package dev.realtime.wire;

import dev.realtime.room.RoomManager;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Takes sessions that are gone out of their rooms: at once when they left on purpose, after a grace when the
 * connection was lost, because most of those come back.
 */
public final class SessionEnds implements SessionListener {
    private final RoomManager rooms;
    private final Timers timers;
    private final Executor workers;
    private final Duration grace;

    /** Waits {@code grace} for those who may come back. */
    public SessionEnds(RoomManager rooms, Timers timers, Executor workers, Duration grace) {
        this.rooms = rooms;
        this.timers = timers;
        this.workers = workers;
        this.grace = grace;
    }

    @Override
    public void closed(Session session, EndReason reason) {
        if (reason.isFinal()) {
            rooms.depart(session.id(), reason.wire());
        } else {
            timers.after(grace, () -> workers.execute(() -> rooms.depart(session.id(), reason.wire())));
        }
    }
}
