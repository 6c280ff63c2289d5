package dev.realtime.auth;

import java.time.Duration;

/** Decides who a client is. Called on worker threads, where it may block; safe for many of them. */
@FunctionalInterface
public interface Authenticator {

    /** The user who shows these credentials; {@link AuthenticationException} when they prove nothing. */
    Principal authenticate(Credentials credentials);

    /** By how much clocks may differ: a session lives so much longer than its principal says. */
    default Duration tolerance() {
        return Duration.ZERO;
    }
}
