package dev.realtime.engine.outbox;

import dev.realtime.recovery.RecoverySettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one session is to hear: on its way to an outbox while there is one, and kept for a while so that a client that
 * lost its connection can hear what it missed.
 *
 * <p>Any thread may call. One lock makes the order in which events are kept the order in which they are sent; only
 * outboxes are called while holding it, and they never call back. A replay is fed as the outbox drains, so it never
 * makes a returning client a slow one; live events wait behind it.
 */
public final class Feed {
    private final RecoverySettings settings;
    private final Recent recent;
    private @Nullable Outbox outbox;
    /** The index of the next kept event to send. */
    private long next;

    /** Answers given before the greeting; they wait behind it. Null from then on. */
    private @Nullable List<Parcel> early = new ArrayList<>(0);

    private @Nullable Runnable whenCaughtUp;

    /** Keeps as much as the settings say. */
    public Feed(RecoverySettings settings) {
        this.settings = settings;
        this.recent = new Recent(settings);
    }

    /** Sends an event that other sessions may get, too. */
    public synchronized void deliver(Parcel parcel) {
        boolean isCaughtUp = outbox != null && next == recent.end();
        boolean isKept = !parcel.isVolatile() && (settings.isOn() || !isCaughtUp);
        if (isKept) {
            recent.add(parcel);
        }
        if (isCaughtUp && outbox != null) {
            next = recent.end();
            outbox.offer(parcel);
        } else if (outbox != null && recent.first() > next) {
            outbox.overrun();
        }
    }

    /** Sends something that only this connection's client waits for. */
    public synchronized void send(Parcel parcel) {
        if (outbox != null) {
            outbox.offer(parcel);
        } else if (early != null) {
            early.add(parcel);
        }
    }

    /** Begins with the greeting, then what is kept from {@code index} on, then whatever comes. */
    public synchronized void begin(Outbox to, Parcel greeting, long index) {
        to.offer(greeting);
        if (early != null) {
            early.forEach(to::offer);
        }
        early = null;
        outbox = to;
        next = index;
        pump();
    }

    /** Stops sending to {@code from}; events are kept from now on. */
    public synchronized void pause(Outbox from) {
        if (outbox == from) {
            outbox = null;
            whenCaughtUp = null;
        }
    }

    /**
     * Runs {@code action} once when all that was missed is on its way, from when on volatile events are heard, too; at
     * once when it is. Not when that fails. The action does next to nothing, and calls back on another thread.
     */
    public synchronized void whenCaughtUp(Runnable action) {
        if (outbox != null && next == recent.end()) {
            action.run();
        } else if (outbox != null) {
            whenCaughtUp = action;
        }
    }

    /**
     * Where a client goes on that heard the event with this stamp last; -1 when not everything since then is here.
     * With {@code stamp} the stamp of the greeting, or none, it has heard nothing.
     */
    public synchronized long resumption(long stamp, long greetingStamp) {
        long behind = recent.behind(stamp);
        boolean hasHeardNothing = stamp == greetingStamp && recent.first() == 0;
        return behind < 0 && hasHeardNothing ? 0 : behind;
    }

    /** Lets go of what is too old to be asked for. */
    public synchronized void dropBefore(long stamp) {
        if (outbox == null || next == recent.end()) {
            recent.dropBefore(stamp);
        }
    }

    private synchronized void pump() {
        Outbox to = outbox;
        while (to != null && next < recent.end() && !to.isHalfFull()) {
            to.offer(recent.get(next++));
        }
        if (!settings.isOn()) {
            recent.dropUntil(next);
        }
        if (to != null && next < recent.end()) {
            to.afterWrite(this::pump);
        } else if (to != null && whenCaughtUp != null) {
            whenCaughtUp.run();
            whenCaughtUp = null;
        }
    }
}
