package dev.realtime.runner.account;

import java.time.Duration;

/**
 * What a user gets for proving who he is. It never shows the tokens in logs.
 *
 * @param account the user
 * @param accessToken opens sessions and REST pages
 * @param accessExpiry how long it lives
 * @param refreshToken gets the next grant, once
 * @param refreshExpiry how long it lives
 */
public record Grant(
        Account account, String accessToken, Duration accessExpiry, String refreshToken, Duration refreshExpiry) {
    @Override
    public String toString() {
        return "Grant[" + account + "]";
    }
}
