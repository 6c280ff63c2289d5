package dev.realtime.engine;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.Payload;
import dev.realtime.transport.Handshake;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a client gets a session. */
final class Connecting {
    private static final Logger log = LoggerFactory.getLogger(Connecting.class);

    private Connecting() {}

    sealed interface Outcome {}

    record Welcome(Principal principal) implements Outcome {}

    record Refused(RealtimeException reason) implements Outcome {}

    /** Asks the authenticator; may block. */
    static Outcome outcome(Parts parts, Optional<Payload> data, Handshake handshake) {
        if (parts.admission().isDraining()) {
            return new Refused(new RealtimeException(ErrorCode.SERVER_DRAINING, "a connect while draining"));
        }
        try {
            return new Welcome(parts.authenticator().authenticate(new Credentials(data, handshake)));
        } catch (RealtimeException refused) {
            return new Refused(refused);
        } catch (RuntimeException broken) {
            // A host's authenticator that throws has said no; the connection lives and may try again.
            log.warn("the authenticator threw", broken);
            return new Refused(new AuthenticationException(
                    AuthenticationException.Reason.INVALID_TOKEN, "the authenticator threw " + broken.getClass()));
        }
    }

    static RealtimeException tooMany(Principal principal) {
        return new RealtimeException(
                ErrorCode.TOO_MANY_CONNECTIONS, "user " + principal.user() + " has as many sessions as allowed");
    }
}
