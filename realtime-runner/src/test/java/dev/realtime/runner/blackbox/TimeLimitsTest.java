package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not connect, does not answer pings or does not poll is gone; who only answers pings stays. */
class TimeLimitsTest {
    private static final String CONNECT_MILLIS = "2000";
    private static final int PING_MILLIS = 400;

    @TempDir
    private static Path data;

    private static RunningServer hasty;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        hasty = RunningServer.start(Environment.inMemory(data).with("CONNECT_TIMEOUT_MS", CONNECT_MILLIS));
        server = RunningServer.start(Environment.inMemory(data)
                .with("PING_INTERVAL_MS", Integer.toString(PING_MILLIS))
                .with("PING_TIMEOUT_MS", "5000")
                .with("PRESENCE_GRACE_MS", "100"));
    }

    @AfterAll
    static void stop() {
        hasty.close();
        server.close();
    }

    @Test
    void whoNeverConnectsIsClosed() {
        try (RawClient silent = RawClient.open(hasty.port())) {
            silent.awaitClose();
        }
        PollingClient polled = PollingClient.open(hasty.port());
        String last = polled.await("1");
        assertThat(last).isEqualTo("1");
        polled.awaitEnd();
    }

    @Test
    void aRefusedConnectBuysNoTime() {
        try (RawClient refused = RawClient.open(hasty.port())) {
            refused.send("40{\"token\":\"none\"}");
            refused.awaitText("44{\"message\":\"Authentication error: Invalid token\"");
            refused.send("40/nope,{}");
            refused.awaitText("44/nope,{\"message\":\"Invalid namespace\"}");
            refused.awaitClose();
        }
    }

    @Test
    void whoOnlyAnswersPingsStays() {
        try (RawClient listener = RawClient.connected(server.port(), Tokens.patient())) {
            for (int ping = 1; ping <= 5; ping++) {
                listener.awaitText("2", ping);
                listener.send("3");
            }
            assertThat(listener.heard().names()).doesNotContain("close");
        }
        PollingClient polled = PollingClient.connected(server.port(), Tokens.patient());
        for (int ping = 1; ping <= 5; ping++) {
            assertThat(polled.get().body()).isEqualTo("2");
            assertThat(polled.post("3").body()).isEqualTo("ok");
        }
        assertThat(polled.isAlive()).isTrue();
    }

    @Test
    void whoAnswersNoPingIsGoneForTheOthersToo() {
        try (StockClient witness = StockClient.connected(server.port(), Tokens.provider());
                RawClient deaf = RawClient.connected(server.port(), Tokens.patient())) {
            String join = "[\"room:join\",{\"roomId\":\"time-limits\",\"roomType\":\"chat\"}]";
            witness.ask("room:join", Map.of("roomId", "time-limits", "roomType", "chat"));
            deaf.send("421" + join);
            PollingClient idle = PollingClient.connected(server.port(), Tokens.patient());
            idle.post("421" + join);
            idle.await("431");
            deaf.awaitClose();
            for (int gone = 1; gone <= 2; gone++) {
                assertThat(witness.heard()
                                .await("room:userLeft", gone)
                                .path("reason")
                                .textValue())
                        .isEqualTo("ping_timeout");
            }
            idle.awaitEnd();
        }
    }
}
