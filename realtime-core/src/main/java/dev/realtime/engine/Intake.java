package dev.realtime.engine;

import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

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
        try {
            decoder.decode(frame).ifPresent(this::admit);
        } catch (ProtocolException bad) {
            connection.outbox().abandon(bad.reason());
        }
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
        Optional<LiveSession> session = namespaces.find(inbound.namespace());
        if (session.isEmpty()) {
            stray(inbound.namespace());
        } else if (inbound instanceof Inbound.Event event) {
            admit(session.get(), event);
        } else if (inbound instanceof Inbound.Disconnect) {
            connection.left(session.get());
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
        channel.flatMap(namespaces::claim)
                .ifPresent(claim -> mailbox.add(() -> {
                    new Joining(connection, claim).decide(connect.data());
                    return Mailbox.DONE;
                }));
    }

    /** What belongs to no session ends the connection, unless its client could not know. */
    private void stray(String namespace) {
        if (!namespaces.isDismissed(namespace) && !namespaces.isDeaf()) {
            connection.outbox().abandon(CloseReason.UNAUTHENTICATED);
        }
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
        if (parts.admission().mayWait(mailbox.size())) {
            queue(session, call, event.ackId());
        } else {
            parts.router().refuse(session, call, event.ackId());
        }
    }

    private void queue(LiveSession session, Inbound.Call call, OptionalLong ackId) {
        mailbox.add(() -> {
            parts.admission().hasTurn();
            return parts.router().route(session, call, ackId, parts.timers().nanoTime());
        });
    }
}
