package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A poller that does not poll holds its queue and no more. */
class BackPressureTest {
    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                Environment.inMemory(data).with("OUTBOUND_QUEUE_BYTES", "16384").with("PRESENCE_GRACE_MS", "100"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatWaitsArrivesInOrderWhenItPollsAgain() {
        String room = "waiting";
        try (StockClient talker = StockClient.connected(server.port(), Tokens.provider())) {
            PollingClient slow = joined(talker, room);
            IntStream.rangeClosed(1, 9).forEach(n -> say(talker, room, n));
            while (messages(slow).size() < 9) {
                slow.listen();
            }
            assertThat(messages(slow))
                    .extracting(BackPressureTest::number)
                    .isEqualTo(IntStream.rangeClosed(1, 9).boxed().toList());
            say(talker, room, 10);
            slow.listen();
            assertThat(messages(slow)).hasSize(10);
        }
    }

    @Test
    void beyondItsQueueItIsClosedAndTheOthersAreNot() {
        String room = "full";
        try (StockClient talker = StockClient.connected(server.port(), Tokens.provider());
                StockClient listener = StockClient.connected(server.port(), Tokens.patient())) {
            PollingClient slow = joined(talker, room);
            listener.ask("room:join", of(room));
            IntStream.rangeClosed(1, 40).forEach(n -> say(talker, room, n));
            assertThat(listener.heard().await("room:userLeft").path("reason").textValue())
                    .isEqualTo("slow_consumer");
            listener.heard().await("message:new", 40);
            assertThat(listener.heard().named("message:new"))
                    .extracting(message -> message.path("message").textValue().strip())
                    .isEqualTo(IntStream.rangeClosed(1, 40)
                            .mapToObj(Integer::toString)
                            .toList());
            slow.get();
            slow.get();
            slow.awaitEnd();
        }
    }

    private static Map<String, String> of(String room) {
        return Map.of("roomId", room, "roomType", "chat");
    }

    private static PollingClient joined(StockClient talker, String room) {
        talker.ask("room:join", of(room));
        PollingClient client = PollingClient.connected(server.port(), Tokens.patient());
        client.post("421[\"room:join\"," + Http.text(of(room)) + "]");
        client.await("431");
        return client;
    }

    private static void say(StockClient talker, String room, int number) {
        assertThat(talker.ask("message:send", Map.of("roomId", room, "message", number + " ".repeat(1_000)))
                        .path("success")
                        .booleanValue())
                .isTrue();
    }

    private static List<String> messages(PollingClient client) {
        return client.heard().stream()
                .filter(packet -> packet.startsWith("42[\"message:new\""))
                .toList();
    }

    private static int number(String packet) {
        return Http.parse(packet.substring(2)).path(1).path("seq").intValue();
    }
}
