package dev.realtime.engine;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.Authenticator;
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
            return new Welcome(proven(parts.authenticator(), new Credentials(data, handshake)));
        } catch (AuthenticationException refused) {
            return new Refused(refused);
        }
    }

    /** Who shows these credentials; {@link AuthenticationException}, whatever else the authenticator threw. */
    static Principal proven(Authenticator authenticator, Credentials credentials) {
        try {
            return authenticator.authenticate(credentials);
        } catch (AuthenticationException refused) {
            throw refused;
        } catch (RealtimeException failed) {
            // A store of keys or users that is away: nobody knows whether the credentials are good.
            log.warn("the authenticator failed: {}", failed.getMessage());
            throw new AuthenticationException(
                    AuthenticationException.Reason.VERIFICATION_FAILED, "the authenticator failed: " + failed.code());
        } catch (RuntimeException broken) {
            // A host's authenticator that throws has said no; the connection lives and may try again.
            log.warn("the authenticator threw", broken);
            throw new AuthenticationException(
                    AuthenticationException.Reason.INVALID_TOKEN, "the authenticator threw " + broken.getClass());
        }
    }

    static RealtimeException tooMany(Principal principal) {
        return new RealtimeException(
                ErrorCode.TOO_MANY_CONNECTIONS, "user " + principal.user() + " has as many sessions as allowed");
    }
}
