package dev.realtime.protocol;

import dev.realtime.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a connection pings and when its peer counts as dead: the next ping is one interval after the pong, or up
 * to a hundredth of it earlier, so that those of many connections go out together: a process that wakes for each of them
 * spends more on waking than on pings. Deadlines are absolute and one alarm at most is set; {@link #check} may also be called when something arrives, so
 * that a late alarm does not make a deadline late.
 *
 * <p>Safe for many threads; the owner hears of its duties outside of any lock.
 */
public final class Heartbeat {
    private final Pace pace;
    private final Owner owner;

    private long deadline;
    private boolean isAwaitingPong;
    private boolean isStopped;
    private Timers.@Nullable Alarm alarm;

    /** A heartbeat that has not begun. */
    public Heartbeat(Pace pace, Owner owner) {
        this.pace = pace;
        this.owner = owner;
    }

    /** Who pings. Called on the thread of an alarm, or of what arrived; must not block. */
    public interface Owner {
        /** A ping has to go out now. */
        void pingIsDue();

        /** The peer has not answered in time; called once, and nothing after it. */
        void pongIsMissing();
    }

    /**
     * How often, by which clock; one for all connections.
     *
     * @param interval from one pong to the next ping
     * @param timeout how long a pong may take
     */
    public record Pace(Timers timers, Duration interval, Duration timeout) {
        private static final long TOGETHER = 100;

        /** Checks that both are above zero. */
        public Pace {
            requirePositive(interval, "ping interval");
            requirePositive(timeout, "ping timeout");
        }

        /** When who answers now is asked again: never late, as a dead peer has to be noticed in time. */
        private long nextPing() {
            long latest = timers.nanoTime() + interval.toNanos();
            return latest - Math.floorMod(latest, Math.max(1, interval.toNanos() / TOGETHER));
        }

        private static void requirePositive(Duration value, String name) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " has to be above zero, not " + value);
            }
        }
    }

    /** Begins to count. */
    public synchronized void start() {
        if (!isStopped) {
            await(pace.nextPing());
        }
    }

    /** The peer has answered; without effect when it was not asked. */
    public synchronized void pong() {
        if (isAwaitingPong && !isStopped) {
            isAwaitingPong = false;
            await(pace.nextPing());
        }
    }

    /** Does what is due, if anything is. */
    public void check() {
        switch (due(pace.timers().nanoTime())) {
            case PING -> owner.pingIsDue();
            case END -> owner.pongIsMissing();
            case NOTHING -> {}
        }
    }

    /** Counts no more. */
    public synchronized void stop() {
        isStopped = true;
        cancel();
    }

    private synchronized Duty due(long now) {
        long late = now - deadline;
        if (isStopped || late < 0) {
            return Duty.NOTHING;
        }
        long timeout = pace.timeout().toNanos();
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
        alarm = pace.timers().at(moment, this::check);
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
