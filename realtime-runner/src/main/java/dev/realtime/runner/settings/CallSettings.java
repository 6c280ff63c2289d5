package dev.realtime.runner.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules of calls, and the servers through which their media find the way.
 *
 * @param refusesBusy whether somebody who talks is not rung
 * @param ringTimeout how long a call rings
 * @param disconnectGrace how long a party may be away before a call is over
 * @param stunUrls STUN servers
 * @param turnUrls TURN servers
 * @param turnSecret what they and this server alone know
 * @param turnTimeToLive how long credentials for them are good
 */
public record CallSettings(
        boolean refusesBusy,
        Duration ringTimeout,
        Duration disconnectGrace,
        List<String> stunUrls,
        List<String> turnUrls,
        Optional<Secret> turnSecret,
        Duration turnTimeToLive) {
    private static final List<String> PUBLIC_STUN = List.of("stun:stun.l.google.com:19302");
    /** RFC 7064 and RFC 7065. */
    private static final Pattern STUN = Pattern.compile("stuns?:[^\\s/?]+");

    private static final Pattern TURN = Pattern.compile("turns?:[^\\s/?]+(\\?transport=(udp|tcp))?");

    /** Copies the lists. */
    public CallSettings {
        stunUrls = List.copyOf(stunUrls);
        turnUrls = List.copyOf(turnUrls);
    }

    static CallSettings read(Variables variables) {
        List<String> turn =
                urls(variables, "TURN_URLS", TURN, "turn:turn.example.org:3478").orElse(List.of());
        Optional<Secret> secret = variables.secret("TURN_SECRET").map(Secret::of);
        if (turn.isEmpty() && secret.isPresent()) {
            variables.warn("TURN_SECRET is set without TURN_URLS: it has no effect");
        }
        if (!turn.isEmpty() && secret.isEmpty()) {
            variables.warn("TURN_URLS is set without TURN_SECRET: clients are not told of these servers");
        }
        return new CallSettings(
                variables.choice("CALL_BUSY_POLICY", policies(), false),
                variables.millis("CALL_RING_TIMEOUT_MS", 30_000, 1_000),
                variables.millis("CALL_DISCONNECT_GRACE_MS", 15_000, 0),
                urls(variables, "STUN_URLS", STUN, "stun:stun.example.org:3478").orElse(PUBLIC_STUN),
                turn,
                secret,
                Duration.ofSeconds(variables.number("TURN_TTL_SECONDS", 600, 1, 86_400)));
    }

    private static Map<String, Boolean> policies() {
        Map<String, Boolean> policies = new LinkedHashMap<>();
        policies.put("ring", false);
        policies.put("refuse", true);
        return policies;
    }

    private static Optional<List<String>> urls(Variables variables, String name, Pattern form, String example) {
        Optional<List<String>> urls = variables.list(name);
        urls.ifPresent(list -> list.stream()
                .filter(url -> !form.matcher(url).matches())
                .forEach(url -> variables.problem(
                        name,
                        Variables.shown(url) + " is no such address",
                        "a comma separated list such as " + example)));
        return urls;
    }
}
