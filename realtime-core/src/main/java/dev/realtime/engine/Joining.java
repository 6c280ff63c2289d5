package dev.realtime.engine;

import dev.realtime.auth.Principal;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.EndReason;
import dev.realtime.transport.CloseReason;
import java.util.Optional;

/**
 * One connect of a client, from its claim on a namespace to the answer: a new session, the one it had, or a refusal.
 * Done on the workers, where it may block.
 */
final class Joining {
    private final LiveConnection connection;
    private final Parts parts;
    private final Namespaces namespaces;
    private final Namespaces.Claim claim;
    private final Channel channel;

    Joining(LiveConnection connection, Namespaces.Claim claim) {
        this.connection = connection;
        this.parts = connection.parts();
        this.namespaces = connection.namespaces();
        this.claim = claim;
        this.channel = claim.channel();
    }

    /** Decides and answers, unless the client has left meanwhile. */
    void decide(Optional<Payload> data) {
        if (!namespaces.isWanted(claim)) {
            return;
        }
        Connecting.Outcome outcome = Connecting.outcome(parts, data, connection.handshake());
        if (outcome instanceof Connecting.Welcome welcome) {
            Optional<Resume> wanted = Resume.of(data);
            Optional<Resumption.Claim> found =
                    wanted.flatMap(known -> parts.resumption().claim(known, welcome.principal(), channel));
            if (found.isPresent()) {
                resume(found.get(), welcome.principal(), wanted.flatMap(Resume::offset));
            } else {
                welcome(welcome.principal());
            }
        } else if (outcome instanceof Connecting.Refused refused) {
            refuse(refused.reason());
        }
    }

    /** Answers that there is no session. */
    void refuse(RealtimeException reason) {
        namespaces.release(claim);
        connection.send(parts.vocabulary().refusal(channel.namespace(), reason));
    }

    private void welcome(Principal principal) {
        LiveSession session = new LiveSession(
                principal,
                channel,
                connection,
                parts.resumption().beginning(parts.admission().newEventBucket()));
        if (!parts.hub().add(session, most(principal))) {
            refuse(Connecting.tooMany(principal));
            return;
        }
        parts.resumption().register(session);
        if (settle(session) == Namespaces.Adoption.DONE) {
            session.greet(greeting(session, false, offset(session)), 0);
            session.lifetime().begin();
            parts.listener().opened(session);
        } else {
            parts.resumption().forget(session);
            parts.hub().remove(session);
        }
    }

    /** A connection that counts as the user's already may have a session again. */
    private int most(Principal principal) {
        int own = connection.vacancy().isOf(principal.user()) ? 1 : 0;
        return parts.settings().maxSessionsPerUser() + own;
    }

    /** The client goes on where it was, whether its old connection is gone or only dead. */
    private void resume(Resumption.Claim found, Principal principal, Optional<String> heard) {
        LiveSession session = found.session();
        try {
            session.resume(connection, principal)
                    .ifPresentOrElse(
                            old -> old.surrender(session),
                            () -> parts.resumption().unparked());
            switch (settle(session)) {
                case DONE -> {
                    session.greet(greeting(session, true, heard.or(() -> offset(session))), found.index());
                    session.lifetime().begin();
                    parts.listener().resumed(session);
                }
                case WITHDRAWN -> connection.end(session, EndReason.CLIENT_DISCONNECT);
                case TOO_LATE -> connection.lose(session, CloseReason.LOST);
            }
        } finally {
            parts.resumption().release(session);
        }
    }

    /** A drain that has begun meanwhile counts as one that began before: it has told the sessions there were. */
    private Namespaces.Adoption settle(LiveSession session) {
        Namespaces.Adoption adoption = namespaces.adopt(claim, session);
        if (adoption != Namespaces.Adoption.DONE) {
            return adoption;
        }
        if (parts.admission().isDraining()) {
            namespaces.forget(session);
            refuse(new RealtimeException(ErrorCode.SERVER_DRAINING, "a connect that ended while draining"));
            return Namespaces.Adoption.TOO_LATE;
        }
        connection.isJoined(session);
        return adoption;
    }

    private Outbound.Event greeting(LiveSession session, boolean isRecovered, Optional<String> offset) {
        Outbound.Event words = parts.vocabulary()
                .greeting(session, channel.namespace(), parts.time().instant(), isRecovered);
        return new Outbound.Event(words.namespace(), words.name(), words.arguments(), offset);
    }

    private static Optional<String> offset(LiveSession session) {
        return session.privateId().map(recoverable -> session.greetedAt().toString());
    }
}
