package dev.realtime.engine;

import dev.realtime.engine.pace.ConnectDeadline;
import dev.realtime.engine.pace.Silence;
import dev.realtime.engine.work.Mailbox;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.EndReason;
import dev.realtime.session.SessionSettings;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection and how it ends, for its client and for the sessions on it. {@link Intake} takes what arrives, {@link
 * Joining} makes sessions, {@link Namespaces} knows which there are; what leaves shares one outbox.
 *
 * <p>Any thread may call; frames come one at a time.
 */
final class LiveConnection implements Connection {
    private final Pipeline pipeline;
    private final Door door;
    private final Handshake handshake;
    private final Transport transport;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Namespaces namespaces = new Namespaces();
    private final Intake intake;
    private final ConnectDeadline deadline;
    private final Vacancy vacancy;
    private final Silence silence;

    private boolean isClosed;
    private @Nullable Runnable onClosed;

    LiveConnection(Pipeline pipeline, Door door, Handshake handshake, Transport transport, Outbox outbox) {
        this.pipeline = pipeline;
        this.door = door;
        this.handshake = handshake;
        this.transport = transport;
        this.outbox = outbox;
        this.mailbox = new Mailbox(parts().workers(), parts().admission().backlog());
        this.intake = new Intake(this, door);
        SessionSettings settings = parts().settings();
        this.deadline = new ConnectDeadline(parts().timers(), settings.connectTimeout(), this::requireSession);
        this.vacancy = new Vacancy(parts().hub(), namespaces);
        this.silence = new Silence(
                parts().timers(), settings.liveness().reapTimeout(), () -> outbox.abandon(CloseReason.TIMEOUT));
    }

    Handshake handshake() {
        return handshake;
    }

    Outbox outbox() {
        return outbox;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    Vacancy vacancy() {
        return vacancy;
    }

    Parts parts() {
        return pipeline.parts();
    }

    /** Begins to wait for the first session, and for signs of life. */
    void begin() {
        silence.start();
        deadline.set();
    }

    @Override
    public void received(Frame frame) {
        if (!namespaces.isDeaf()) {
            silence.broken();
            intake.take(frame);
        }
    }

    @Override
    public void pong() {
        silence.broken();
    }

    @Override
    public void closed(CloseReason reason) {
        Optional<List<LiveSession>> ended = namespaces.close();
        if (ended.isEmpty()) {
            return;
        }
        deadline.stop();
        silence.stop();
        vacancy.end();
        outbox.discard();
        pipeline.closed(this);
        ended.get().forEach(session -> lose(session, reason));
        Runnable told;
        synchronized (this) {
            isClosed = true;
            told = onClosed;
        }
        if (told != null) {
            told.run();
        }
    }

    /** Says something that belongs to no session. */
    void send(Outbound message) {
        outbox.offer(Parcel.of(door.protocol().encode(message), false));
    }

    /** Here is a session; from the first on there is no hurry any more. */
    void isJoined(LiveSession session) {
        deadline.stop();
        vacancy.look(session.principal().user());
    }

    /** Ends one session; the connection goes with its last one, and {@code reason} is why. */
    void disconnect(LiveSession session, CloseReason reason) {
        switch (namespaces.dismiss(session)) {
            case LAST -> {
                expel(session);
                finish(reason);
            }
            case ONE -> {
                isLeft(session);
                expel(session);
            }
            case NONE -> {}
        }
    }

    /** Ends all sessions and the connection. */
    void disconnectAll(CloseReason reason) {
        namespaces.dismissAll().forEach(this::expel);
        finish(reason);
    }

    /** The session's token has run out. The others of the connection lose it, too, and all may come back. */
    void expire(LiveSession session, Outbound lastWords) {
        if (namespaces.holds(session)) {
            session.send(lastWords);
            for (LiveSession ended : namespaces.dismissAll()) {
                lose(ended, ended == session ? EndReason.TOKEN_EXPIRED : EndReason.TRANSPORT_CLOSE, true);
            }
            finish(CloseReason.UNAUTHENTICATED);
        }
    }

    /** The session goes on over another connection; this one goes with its last. */
    void surrender(LiveSession session) {
        switch (namespaces.dismiss(session)) {
            case LAST -> outbox.abandon(CloseReason.NORMAL);
            case ONE -> isLeft(session);
            case NONE -> {}
        }
    }

    /** The client has ended the session and keeps the connection. */
    void left(LiveSession session) {
        if (namespaces.forget(session)) {
            isLeft(session);
            end(session, EndReason.CLIENT_DISCONNECT);
        }
    }

    /** The connection is gone; the session is kept when its client may come back. */
    void lose(LiveSession session, CloseReason reason) {
        lose(session, EndReasons.of(reason), EndReasons.isRecoverable(reason));
    }

    /** The session is over for good. */
    void end(LiveSession session, EndReason reason) {
        end(session, reason, false);
    }

    /** Tells the client to come back after a while, and closes then. */
    void leave(Duration wait, Runnable whenClosed) {
        boolean isGone;
        synchronized (this) {
            isGone = isClosed;
            onClosed = whenClosed;
        }
        if (isGone) {
            whenClosed.run();
            return;
        }
        namespaces
                .all()
                .forEach(session -> session.send(parts().vocabulary()
                        .farewell(
                                session.channel().namespace(),
                                wait,
                                parts().time().instant())));
        parts().timers().after(wait, () -> finish(CloseReason.DRAINING));
    }

    /** Ends the connection without a word. */
    void cut() {
        transport.terminate();
    }

    private void expel(LiveSession session) {
        session.send(new Outbound.Disconnected(session.channel().namespace()));
        end(session, EndReason.SERVER_DISCONNECT);
    }

    private void lose(LiveSession session, EndReason reason, boolean mayReturn) {
        if (session.isOn(this)) {
            end(session, reason, mayReturn && parts().resumption().park(session, this));
        }
    }

    /** Others stop hearing of the session at once; its listeners hear after its events are done. */
    private void end(LiveSession session, EndReason reason, boolean isKept) {
        session.lifetime().stop();
        if (!isKept) {
            parts().resumption().forget(session);
            parts().hub().remove(session);
        }
        mailbox.add(() -> {
            parts().listener().closed(session, reason);
            return Mailbox.DONE;
        });
    }

    /** Looked at before the session is gone for others, so that its user has no moment in which neither counts. */
    private void isLeft(LiveSession session) {
        vacancy.look(session.principal().user());
    }

    private void requireSession() {
        if (namespaces.isEmpty()) {
            outbox.abandon(CloseReason.TIMEOUT);
        }
    }

    private void finish(CloseReason reason) {
        namespaces.deafen();
        outbox.finish(reason);
        parts().timers().after(Pipeline.CUT_AFTER, transport::terminate);
    }
}
