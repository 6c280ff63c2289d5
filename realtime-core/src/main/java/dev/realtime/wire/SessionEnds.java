package dev.realtime.wire;

import dev.realtime.engine.Hub;
import dev.realtime.room.RoomManager;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.time.Timers;
import dev.realtime.turn.Turns;
import dev.realtime.typing.TypingTracker;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Takes sessions that are gone out of their rooms: at once when they left on purpose, after a grace when the
 * connection was lost, because most of those come back. Who comes back later is let in again. Nobody writes any more
 * without a connection.
 */
public final class SessionEnds implements SessionListener {
    private final RoomManager rooms;
    private final TypingTracker typing;
    private final Hub hub;
    private final Timers timers;
    private final Executor workers;
    private final Duration grace;
    /** One departure or return of a session at a time, or the one would undo half of the other. */
    private final Turns turns = new Turns();

    /** Waits {@code grace} for those who may come back. */
    public SessionEnds(
            RoomManager rooms, TypingTracker typing, Hub hub, Timers timers, Executor workers, Duration grace) {
        this.rooms = rooms;
        this.typing = typing;
        this.hub = hub;
        this.timers = timers;
        this.workers = workers;
        this.grace = grace;
    }

    @Override
    public void closed(Session session, EndReason reason) {
        typing.ended(session.id());
        if (reason.isFinal()) {
            depart(session, reason);
        } else {
            timers.after(grace, () -> workers.execute(() -> depart(session, reason)));
        }
    }

    @Override
    public void resumed(Session session) {
        turns.take(session.id(), () -> rooms.restore(session.principal(), session.id(), hub.roomsOf(session.id())));
    }

    private void depart(Session session, EndReason reason) {
        turns.take(session.id(), () -> {
            if (hub.find(session.id()).isEmpty()) {
                rooms.depart(session.id(), reason.wire());
            }
        });
    }
}
