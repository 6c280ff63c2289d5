package dev.realtime.protocol.engineio;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that a polled session may go over to: the client probes it, gets its answer, and says so. Before that
 * anything else, or too long a wait, costs this connection and not the session; afterwards it carries the session
 * like any other.
 *
 * <p>The adapter feeds it with one frame at a time; everything else may come from any thread.
 */
final class Trial implements Connection, Transport, Outlet.Owner {
    private static final String PROBE = "2probe";
    private static final String GO = "5";
    private static final Frame ANSWER = Frame.text("3probe");

    private final Upgrade upgrade;
    private final EngineIoSession session;
    private final EngineIoAcceptor home;
    private final Outlet outlet;

    private volatile boolean isProbed;
    private volatile boolean isCarrying;
    private volatile Timers.@Nullable Alarm alarm;

    Trial(Upgrade upgrade, EngineIoSession session, Transport webSocket, EngineIoAcceptor home) {
        this.upgrade = upgrade;
        this.session = session;
        this.home = home;
        // The session's own outlet may write while the answer to the probe is still under way; this one waits.
        this.outlet = new Outlet(this, webSocket);
    }

    /** The same, with its time running. */
    Trial begun() {
        alarm = home.timers().after(home.settings().upgradeTimeout(), () -> giveUp(CloseReason.TIMEOUT));
        return this;
    }

    boolean isProbed() {
        return isProbed;
    }

    @Override
    public void received(Frame frame) {
        if (isCarrying) {
            session.received(frame);
        } else if (isText(frame, PROBE) && !isProbed) {
            isProbed = true;
            outlet.send(ANSWER);
            upgrade.isProbed();
        } else if (isText(frame, GO)) {
            goOver();
        } else {
            giveUp(CloseReason.BAD_FRAME);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        forgetAlarm();
        upgrade.abandon(this);
        session.isGone(this);
        if (isCarrying) {
            session.lost(reason);
        }
        outlet.abandon();
    }

    @Override
    public void broken() {
        if (isCarrying) {
            session.broken();
        } else {
            upgrade.abandon(this);
            outlet.terminate();
        }
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        outlet.write(frames, completion);
    }

    @Override
    public void close(CloseReason reason) {
        outlet.close(reason);
    }

    @Override
    public void terminate() {
        outlet.terminate();
    }

    private void goOver() {
        if (upgrade.isTaken(this)) {
            isCarrying = true;
            forgetAlarm();
        }
    }

    /** Closes the connection, unless it has the session. */
    void giveUp(CloseReason reason) {
        if (!upgrade.abandon(this)) {
            return;
        }
        forgetAlarm();
        if (session.mayLinger(this)) {
            alarm = home.timers().after(EngineIoSession.CLOSE_GRACE, outlet::terminate);
            outlet.close(reason);
        } else {
            outlet.terminate();
        }
    }

    private void forgetAlarm() {
        Timers.Alarm set = alarm;
        if (set != null) {
            set.cancel();
        }
    }

    private static boolean isText(Frame frame, String text) {
        return frame.isText() && frame.text().equals(text);
    }
}
