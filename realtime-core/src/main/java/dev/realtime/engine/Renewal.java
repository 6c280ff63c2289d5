package dev.realtime.engine;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.session.Session;
import java.util.Optional;

/** Lets a session go on with a new proof of who its client is. Any thread may call; the authenticator may block it. */
public final class Renewal {
    private final Authenticator authenticator;
    private final Hub hub;

    /** For the sessions of {@code hub}. */
    public Renewal(Authenticator authenticator, Hub hub) {
        this.authenticator = authenticator;
        this.hub = hub;
    }

    /**
     * The session's principal from now on, as {@code data} proves it. A session for which this fails stays as it was.
     *
     * @throws AuthenticationException when it proves nothing, or somebody else, or comes too late
     */
    public Principal renew(Session session, Payload data) {
        Principal proven = Connecting.proven(authenticator, new Credentials(Optional.of(data), session.handshake()));
        if (!proven.user().equals(session.principal().user())) {
            throw new AuthenticationException(Reason.TOKEN_USER_MISMATCH, "a token of " + proven.user());
        }
        boolean isRenewed = hub.live(session.id())
                .filter(live -> live.lifetime().renew(proven))
                .isPresent();
        if (!isRenewed) {
            throw new AuthenticationException(Reason.TOKEN_EXPIRED, "the session is over");
        }
        return proven;
    }
}
