package dev.realtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IceServersTest {
    private static final UserId PAT = new UserId("pat");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final List<String> STUN = List.of("stun:a.example:3478", "stun:b.example:3478");
    private static final List<String> TURN = List.of("turn:a.example:3478", "turns:a.example:5349?transport=tcp");

    private final ManualTime time = new ManualTime(Instant.ofEpochSecond(1_795_425_353));

    @Test
    void turnServersComeWithCredentialsThatRunOut() {
        IceServers servers = new IceServers(new IceSettings(STUN, TURN, Optional.of("north"), TEN_MINUTES), time);
        // echo -n 1795425953:pat | openssl dgst -sha1 -hmac north -binary | base64
        assertThat(servers.of(PAT))
                .containsExactly(
                        new IceServers.Server(List.of("stun:a.example:3478"), Optional.empty()),
                        new IceServers.Server(List.of("stun:b.example:3478"), Optional.empty()),
                        new IceServers.Server(
                                TURN,
                                Optional.of(
                                        new IceServers.Credentials("1795425953:pat", "drfLmQIRh0uQRMtUgWzZbtRxCYo="))));
    }

    @Test
    void withoutSecretOrAddressThereIsNoTurnServer() {
        for (IceSettings settings : List.of(
                new IceSettings(STUN, TURN, Optional.empty(), TEN_MINUTES),
                new IceSettings(STUN, List.of(), Optional.of("north"), TEN_MINUTES))) {
            assertThat(new IceServers(settings, time).of(PAT))
                    .extracting(server -> server.urls().get(0))
                    .isEqualTo(STUN);
        }
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(new IceSettings(STUN, TURN, Optional.of("north"), TEN_MINUTES).toString())
                .doesNotContain("north");
    }
}
