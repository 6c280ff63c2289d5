package dev.realtime.call;

import dev.realtime.address.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names the servers through which a client's media find their way, with credentials that are the user's own and run
 * out (draft-uberti-behave-turn-rest-00, the {@code use-auth-secret} of coturn). Safe for many threads.
 */
public final class IceServers {
    private static final String HMAC = "HmacSHA1";

    private final IceSettings settings;
    private final InstantSource time;

    /** Names the servers of the settings. */
    public IceServers(IceSettings settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * One entry of the list a client gets.
     *
     * @param urls addresses that are used with the same credentials
     * @param credentials what to show there; none for STUN
     */
    public record Server(List<String> urls, Optional<Credentials> credentials) {
        /** Copies the list. */
        public Server {
            urls = List.copyOf(urls);
        }
    }

    /**
     * What a client shows a TURN server.
     *
     * @param username when it runs out, in seconds since 1970, a colon, and the user id
     * @param credential the HMAC-SHA1 of the username under the shared secret, in base64
     */
    public record Credentials(String username, String credential) {}

    /** The servers for this user, STUN first. */
    public List<Server> of(UserId user) {
        List<Server> servers = new ArrayList<>();
        settings.stun().forEach(url -> servers.add(new Server(List.of(url), Optional.empty())));
        settings.turnSecret()
                .filter(secret -> !settings.turn().isEmpty())
                .ifPresent(secret -> servers.add(new Server(settings.turn(), Optional.of(credentials(user, secret)))));
        return List.copyOf(servers);
    }

    /** How long what they are named with is good. */
    public Duration timeToLive() {
        return settings.timeToLive();
    }

    private Credentials credentials(UserId user, String secret) {
        long end = time.instant().plus(settings.timeToLive()).getEpochSecond();
        String username = end + ":" + user;
        return new Credentials(username, hmac(secret, username));
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + HMAC, missing);
        }
    }
}
