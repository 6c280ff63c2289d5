package dev.realtime.runner.login;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.runner.http.ErrorBody;
import dev.realtime.runner.http.RefusedException;
import dev.realtime.runner.http.Request;
import dev.realtime.transport.Handshake;
import java.util.Optional;

/** Knows who asks a REST page: by {@code Authorization: Bearer}, then by cookie where the authenticator takes one. */
public final class Bearers {
    private final Authenticator authenticator;

    /** Believes whom {@code authenticator} believes. */
    public Bearers(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Who asks; {@link RefusedException}, answered as 401, when that is not known. */
    public Principal of(Request request) {
        Handshake handshake =
                new Handshake(request.path(), request.query(), request.headers(), Optional.of(request.remoteAddress()));
        try {
            return authenticator.authenticate(new Credentials(Optional.empty(), handshake));
        } catch (AuthenticationException refused) {
            String message = switch (refused.reason()) {
                case NO_TOKEN -> "Access token required";
                case TOKEN_EXPIRED -> "Access token expired";
                case INVALID_TOKEN, TOKEN_USER_MISMATCH -> "Invalid access token";
                case VERIFICATION_FAILED -> "Access token verification failed";
            };
            throw new RefusedException(ErrorBody.Kind.UNAUTHORIZED, message);
        }
    }
}
