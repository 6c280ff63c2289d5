package dev.realtime.testkit;

import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import dev.realtime.auth.Authenticator;
import dev.realtime.auth.Credentials;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes every token of the form {@code ana/patient}, user and role, or {@code ana/patient/2026-11-23T10:00:00Z}
 * with the end of it. The tokens {@code expired} and {@code unverifiable} are refused as what they say, all others as
 * invalid. Looks at the connect data alone. Safe for many threads.
 */
public final class TestAuthenticator implements Authenticator {

    /** An authenticator without a memory. */
    public TestAuthenticator() {}

    @Override
    public Principal authenticate(Credentials credentials) {
        String token = credentials
                .connect()
                .flatMap(data -> data.get("token"))
                .map(Payload::asText)
                .orElseThrow(() -> refused(Reason.NO_TOKEN));
        return switch (token) {
            case "expired" -> throw refused(Reason.TOKEN_EXPIRED);
            case "unverifiable" -> throw refused(Reason.VERIFICATION_FAILED);
            default -> principal(token.split("/", -1));
        };
    }

    private static Principal principal(String... parts) {
        return switch (parts.length) {
            case 2 -> new Principal(new UserId(parts[0]), parts[1]);
            case 3 -> new Principal(new UserId(parts[0]), parts[1], Optional.of(Instant.parse(parts[2])));
            default -> throw refused(Reason.INVALID_TOKEN);
        };
    }

    private static AuthenticationException refused(Reason reason) {
        return new AuthenticationException(reason, "a test token");
    }
}
