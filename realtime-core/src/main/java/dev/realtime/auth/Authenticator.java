package dev.realtime.auth;

/** Decides who a client is. Called on worker threads, where it may block; safe for many of them. */
@FunctionalInterface
public interface Authenticator {

    /** The user who shows these credentials; {@link AuthenticationException} when they prove nothing. */
    Principal authenticate(Credentials credentials);
}
