package dev.realtime.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The servers through which the media of clients find their way (RFC 8445).
 *
 * @param stun addresses of STUN servers, such as {@code stun:stun.example.org:3478}
 * @param turn addresses of TURN servers
 * @param turnSecret what they and this server alone know; without it no TURN server is named
 * @param timeToLive how long credentials are good, in whole seconds
 */
public record IceSettings(List<String> stun, List<String> turn, Optional<String> turnSecret, Duration timeToLive) {
    /** A public STUN server, no TURN server, 10 minutes. */
    public static final IceSettings DEFAULTS = new IceSettings(
            List.of("stun:stun.l.google.com:19302"), List.of(), Optional.empty(), Duration.ofMinutes(10));

    /** Copies the lists; checks that credentials are good for at least a second. */
    public IceSettings {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
        if (timeToLive.toSeconds() < 1) {
            throw new IllegalArgumentException("credentials are good for at least a second");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "IceSettings[stun=" + stun + ", turn=" + turn + ", timeToLive=" + timeToLive + "]";
    }
}
