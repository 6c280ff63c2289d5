package dev.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private final OriginPolicy policy = new OriginPolicy(List.of("https://app.example", "http://localhost:3000"));

    @ParameterizedTest
    @CsvSource({
        "https://app.example, other, true",
        "http://localhost:3000, other, true",
        "https://app.example/, other, false",
        "https://APP.example, other, false",
        "http://app.example, other, false",
        "https://app.example.evil, other, false",
        "https://app.example:443, other, false",
        "http://localhost:3001, other, false",
        "null, other, false",
        "'', other, false",
        "*, other, false",
        "http://node:8080, node:8080, true",
        "https://NODE:8080, node:8080, true",
        "https://node, node, true",
        "https://node, node:443, true",
        "http://node:80, node, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://node:8080, node, false",
        "https://node, node:80, false",
        "http://node:8080, node:8081, false",
        "http://node.evil:8080, node:8080, false",
        "http://evil@node:8080, node:8080, false",
        "node:8080, node:8080, false",
        "null, null, false",
    })
    void anOriginIsListedOrTheHostItself(String origin, String host, boolean allowed) {
        assertThat(policy.allows(Optional.of(origin), Optional.of(host))).isEqualTo(allowed);
    }

    @Test
    void aRequestWithoutOriginIsAllowed() {
        assertThat(policy.allows(handshake(Map.of("Host", List.of("node"))))).isTrue();
        assertThat(policy.allows(handshake(Map.of()))).isTrue();
    }

    @Test
    void headersAreReadFromTheHandshake() {
        assertThat(policy.allows(handshake(Map.of("origin", List.of("http://node"), "HOST", List.of("node")))))
                .isTrue();
        assertThat(policy.allows(handshake(Map.of("Origin", List.of("http://evil")))))
                .isFalse();
    }

    @Test
    void aPageFromDiskIsAllowedWhenListed() {
        OriginPolicy lenient = new OriginPolicy(List.of("null"));
        assertThat(lenient.allows(Optional.of("null"), Optional.of("node"))).isTrue();
    }

    @Test
    void aStarAllowsEveryOrigin() {
        OriginPolicy open = new OriginPolicy(List.of(OriginPolicy.ANY));
        assertThat(open.allows(Optional.of("https://anywhere"), Optional.empty()))
                .isTrue();
        assertThat(open.allows(Optional.of("null"), Optional.empty())).isTrue();
    }

    private static Handshake handshake(Map<String, List<String>> headers) {
        return new Handshake("/", Map.of(), headers, Optional.empty());
    }
}
