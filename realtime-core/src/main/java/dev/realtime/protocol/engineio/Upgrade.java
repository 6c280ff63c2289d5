package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Transport;

/**
 * The way of a polled session to a WebSocket: one at a time is on trial, and has the session when it is ready and the
 * client has nothing under way by polling. Safe for many threads.
 */
final class Upgrade {
    private final Polling polling;
    private final PollingState state;
    private final EngineIoSession session;
    private final EngineIoAcceptor home;

    Upgrade(Polling polling, PollingState state, EngineIoSession session, EngineIoAcceptor home) {
        this.polling = polling;
        this.state = state;
        this.session = session;
        this.home = home;
    }

    /** Whether no WebSocket has come yet. */
    boolean isUntried() {
        return state.isUntried();
    }

    /** Puts a WebSocket on trial, unless there is one already. */
    Connection tryOut(Transport webSocket) {
        Trial candidate = new Trial(this, session, webSocket, home);
        return state.begin(candidate)
                ? candidate.begun()
                : ClosingConnection.closing(webSocket, session, home.timers());
    }

    /** The WebSocket works: the client goes over as soon as it has no GET any more. */
    void isProbed() {
        polling.gets().release();
    }

    /** Ends a trial; tells whether this call did. */
    boolean abandon(Trial candidate) {
        return state.abandon(candidate);
    }

    /**
     * The client goes over; tells whether the WebSocket has the session now. One with a POST under way has lost track
     * of its own order, and one that cannot go over thinks that it has: its session is of no use where it stays.
     */
    boolean isTaken(Trial by) {
        boolean isTaken = handOver(by);
        if (!isTaken && state.isOnTrial(by)) {
            polling.drop(CloseReason.BAD_FRAME);
        }
        return isTaken;
    }

    /** With the write that waits; the GET that waits has nothing to wait for any more. */
    private boolean handOver(Trial to) {
        return state.move(to, polling.posts())
                .map(left -> {
                    home.forget(polling);
                    left.get().ifPresent(get -> get.answer(EngineIoError.BAD_REQUEST.answer()));
                    left.write().ifPresent(write -> write.goOver(to));
                    session.moveTo(to);
                    state.moved().ifPresent(to::close);
                    return true;
                })
                .orElse(false);
    }
}
