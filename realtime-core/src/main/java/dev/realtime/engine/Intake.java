package dev.realtime.engine;

import dev.realtime.engine.outbox.Channel;
import dev.realtime.engine.pace.Abuse;
import dev.realtime.engine.work.Mailbox;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What arrives on one connection: decoded and admitted on the container's thread, and queued for the workers. For one
 * frame at a time.
 */
final class Intake {
    private final LiveConnection connection;
    private final Parts parts;
    private final Door door;
    private final Namespaces namespaces;
    private final Mailbox mailbox;
    private final Decoder decoder;
    private final Abuse refusals = new Abuse();
    private final Abuse connects = new Abuse();
    /** Bytes that have come since what they said was whole. */
    private int size;

    Intake(LiveConnection connection, Door door) {
        this.connection = connection;
        this.parts = connection.parts();
        this.door = door;
        this.namespaces = connection.namespaces();
        this.mailbox = connection.mailbox();
        this.decoder = door.protocol().newDecoder();
    }

    /** Takes a frame; the connection ends when it is not of the protocol. */
    void take(Frame frame) {
        size += frame.length();
        try {
            decoder.decode(frame).ifPresent(this::hear);
        } catch (ProtocolException bad) {
            connection.outbox().abandon(CloseReason.BAD_FRAME);
        }
    }

    private void hear(Inbound inbound) {
        if (inbound instanceof Inbound.Begun) {
            requireSession(inbound);
            return;
        }
        admit(inbound);
        size = 0;
    }

    private void admit(Inbound inbound) {
        if (inbound instanceof Inbound.Connect connect) {
            admit(connect);
            return;
        }
        // Before the session is looked for: a connect that is answered meanwhile is found as the one or the other.
        if (inbound instanceof Inbound.Disconnect && namespaces.withdraw(inbound.namespace())) {
            return;
        }
        Optional<LiveSession> session = requireSession(inbound);
        if (inbound instanceof Inbound.Event event) {
            session.ifPresent(known -> admit(known, event));
        } else if (inbound instanceof Inbound.Disconnect) {
            session.ifPresent(connection::left);
        }
        // An ack answers nothing here: no event of ours asks for one.
    }

    private void admit(Inbound.Connect connect) {
        if (connects.persists(parts.timers().nanoTime())) {
            // Each connect costs an answer or a signature to check, and no bucket of a session counts it.
            connection.disconnectAll(CloseReason.RATE);
            return;
        }
        Optional<Channel> channel = door.channel(connect.namespace());
        if (channel.isEmpty()) {
            connection.send(parts.vocabulary().unknownNamespace(connect.namespace()));
        }
        channel.flatMap(namespaces::claim).ifPresent(claim -> queue(claim, connect));
    }

    /** The session spoken to. What is said to none ends the connection, unless its client could not know. */
    private Optional<LiveSession> requireSession(Inbound inbound) {
        String namespace = inbound.namespace();
        Optional<LiveSession> session = namespaces.find(namespace);
        if (session.isEmpty() && !namespaces.isDismissed(namespace) && !namespaces.isDeaf()) {
            connection.outbox().abandon(CloseReason.UNAUTHENTICATED);
        }
        return session;
    }

    private void admit(LiveSession session, Inbound.Event event) {
        session.lifetime().isUsed();
        long now = parts.timers().nanoTime();
        long wait = session.events().take(now);
        if (wait > 0) {
            session.answer(event.ackId(), parts.vocabulary().tooFast(Duration.ofNanos(wait)));
            if (refusals.persists(now)) {
                connection.disconnect(session, CloseReason.RATE);
            }
            return;
        }
        Inbound.Call call = event.body().read();
        Inbound.Call kept = parts.admission().backlog().isCrowded() ? call.packed() : call;
        Optional<Object> place = parts.router().place(call);
        if (!mailbox.tryAdd(new Turn(parts, session, kept, event.ackId(), size, place))) {
            parts.router().refuse(session, call, event.ackId());
        }
    }

    private void queue(Namespaces.Claim claim, Inbound.Connect connect) {
        Joining joining = new Joining(connection, claim);
        if (!mailbox.tryAdd(new Knock(joining, connect.data(), size))) {
            joining.refuse(new RealtimeException(ErrorCode.UNAVAILABLE, "too much waits for its turn"));
        }
    }

    /** An event on its way to its handler. */
    private record Turn(
            Parts parts, LiveSession session, Inbound.Call call, OptionalLong ackId, int size, Optional<Object> place)
            implements Mailbox.Sent {
        @Override
        public CompletionStage<?> run() {
            return parts.router().route(session, call, ackId, parts.timers().nanoTime());
        }

        @Override
        public boolean mayFollow(Mailbox.Task earlier) {
            return place.isPresent()
                    && earlier instanceof Turn turn
                    && turn.session == session
                    && turn.place.equals(place);
        }
    }

    /** A connect that is to be decided. */
    private record Knock(Joining joining, Optional<Payload> data, int size) implements Mailbox.Sent {
        @Override
        public CompletionStage<?> run() {
            joining.decide(data);
            return Mailbox.DONE;
        }
    }
}
