package dev.realtime.protocol.engineio;

import dev.realtime.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a session pings and when its peer counts as dead. Deadlines are absolute and one alarm at most is
 * set; {@link #check} may also be called when something arrives, so that a late alarm does not make a deadline late.
 *
 * <p>Safe for many threads; the session hears of its duties outside of any lock.
 */
final class Heartbeat {
    private final EngineIoSession session;
    private final EngineIoAcceptor home;

    private long deadline;
    private boolean isAwaitingPong;
    private boolean isStopped;
    private Timers.@Nullable Alarm alarm;

    Heartbeat(EngineIoSession session, EngineIoAcceptor home) {
        this.session = session;
        this.home = home;
    }

    synchronized void start() {
        if (!isStopped) {
            await(home.timers().nanoTime() + home.settings().pingInterval().toNanos());
        }
    }

    /** The peer has answered; without effect when it was not asked. */
    synchronized void pong() {
        if (isAwaitingPong && !isStopped) {
            isAwaitingPong = false;
            await(home.timers().nanoTime() + home.settings().pingInterval().toNanos());
        }
    }

    /** Does what is due, if anything is. */
    void check() {
        switch (due(home.timers().nanoTime())) {
            case PING -> session.ping();
            case END -> session.silent();
            case NOTHING -> {}
        }
    }

    synchronized void stop() {
        isStopped = true;
        cancel();
    }

    private synchronized Duty due(long now) {
        long late = now - deadline;
        if (isStopped || late < 0) {
            return Duty.NOTHING;
        }
        long timeout = home.settings().pingTimeout().toNanos();
        // So late means that this process stood still; its peers get their time to answer all the same.
        boolean hasSlept = late > timeout / 2;
        if (isAwaitingPong && !hasSlept) {
            isStopped = true;
            cancel();
            return Duty.END;
        }
        await((hasSlept ? now : deadline) + timeout);
        boolean isAsked = isAwaitingPong;
        isAwaitingPong = true;
        return isAsked ? Duty.NOTHING : Duty.PING;
    }

    private void await(long moment) {
        cancel();
        deadline = moment;
        alarm = home.timers().at(moment, this::check);
    }

    private void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private enum Duty {
        NOTHING,
        PING,
        END
    }
}
