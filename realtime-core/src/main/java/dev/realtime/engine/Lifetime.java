package dev.realtime.engine;

import dev.realtime.auth.Principal;
import dev.realtime.engine.pace.Expiry;
import dev.realtime.engine.pace.Silence;
import dev.realtime.engine.work.Mailbox;
import dev.realtime.protocol.Outbound;
import dev.realtime.transport.CloseReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lasts whose client does nothing about it: until its token runs out, or until the client has sent no
 * event for too long. It counts while the session has a connection. Any thread may call.
 */
final class Lifetime implements Expiry.Owner {
    private final LiveSession session;
    private final Expiry expiry;
    /** Null where there is no bound, and while there is no client. */
    private volatile @Nullable Silence idleness;

    Lifetime(LiveSession session, Parts parts) {
        this.session = session;
        this.expiry =
                new Expiry(parts.timers(), parts.time(), parts.authenticator().tolerance(), this);
    }

    /** Counts from now on, on the session's connection and for its principal. */
    void begin() {
        stop();
        session.connection().ifPresent(this::begin);
    }

    private void begin(LiveConnection on) {
        expiry.begin(session.principal().expiresAt());
        Duration bound = on.parts().settings().liveness().idleTimeout();
        if (!bound.isZero()) {
            idleness = new Silence(on.parts().timers(), bound, () -> on.disconnect(session, CloseReason.DISCONNECTED))
                    .start();
        }
        if (!on.namespaces().holds(session)) {
            // It has ended meanwhile, and who ended it found nothing to stop.
            stop();
        }
    }

    /** Counts no more, until it begins again. */
    void stop() {
        expiry.stop();
        Silence last = idleness;
        if (last != null) {
            last.stop();
            idleness = null;
        }
    }

    /** The client has sent an event. */
    void isUsed() {
        Silence mine = idleness;
        if (mine != null) {
            mine.broken();
        }
    }

    /** Goes on with a new proof of the same user; false when the old one has run out before. */
    boolean renew(Principal proven) {
        boolean isInTime = expiry.renew(proven.expiresAt());
        if (isInTime) {
            session.proves(proven);
        }
        return isInTime;
    }

    /** The client is told in its turn, behind what it is being answered. */
    @Override
    public void runsOut(Instant end) {
        session.connection()
                .ifPresent(on -> on.mailbox().add(() -> {
                    if (on.namespaces().holds(session)) {
                        announce(end, on.parts());
                    }
                    return Mailbox.DONE;
                }));
    }

    private void announce(Instant end, Parts parts) {
        parts.fanout()
                .publish(parts.vocabulary().expiring(session, end, parts.time().instant()));
    }

    /** The session may have come back with another proof meanwhile. */
    @Override
    public void hasRunOut(Instant end) {
        if (session.principal().expiresAt().filter(end::equals).isPresent()) {
            session.connection().ifPresent(on -> on.expire(session, lastWords(end, on.parts())));
        }
    }

    private Outbound lastWords(Instant end, Parts parts) {
        return parts.vocabulary()
                .expired(session.channel().namespace(), end, parts.time().instant());
    }
}
