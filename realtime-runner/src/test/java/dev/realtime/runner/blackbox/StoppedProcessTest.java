package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with many clients is stopped in the midst of a conversation, as a suspended machine is. */
class StoppedProcessTest {
    private static final int STOPPED = 20;
    private static final int OTHERS = 20;
    private static final long MEGABYTE = 1 << 20;
    private static final String ROOM = "stopped";
    private static final String PADDING = "x".repeat(2_000);

    @TempDir
    private static Path data;

    @Test
    void itsClientsAreClosedAndTheOthersHearAll() throws IOException, InterruptedException {
        Environment environment = Environment.inMemory(data)
                .with("PING_INTERVAL_MS", "500")
                .with("PING_TIMEOUT_MS", "3000")
                .with("PRESENCE_GRACE_MS", "100");
        try (ServerProcess server = ServerProcess.start(environment);
                StockClient talker = StockClient.connected(server.port(), Tokens.provider());
                Crowd crowd = new Crowd(server.port())) {
            talker.ask("room:join", Map.of("roomId", ROOM, "roomType", "chat"));
            List<RoomMember> others = join(crowd);
            try (CrowdProcess clients = CrowdProcess.start(server.port(), ROOM, STOPPED)) {
                long before = LiveHeap.of(server.pid()).bytes();
                int said = 0;
                for (int i = 0; i < 20; i++) {
                    say(talker, ++said);
                }
                clients.stop();
                while (talker.heard().named("room:userLeft").size() < STOPPED) {
                    say(talker, ++said);
                }
                long after = LiveHeap.of(server.pid()).bytes();
                for (RoomMember member : others) {
                    member.await(said);
                    assertThat(member.numbers())
                            .isEqualTo(IntStream.rangeClosed(1, said).boxed().toList());
                    assertThat(member.isGone()).isFalse();
                }
                assertThat(talker.heard().named("room:userLeft"))
                        .extracting(left -> left.path("reason").textValue())
                        .isSubsetOf("ping_timeout", "slow_consumer");
                // Beside what is lost there is what is kept: the messages, in a bounded store.
                assertThat(after - before).isLessThan(60 * MEGABYTE + said * 3L * PADDING.length());
            }
        }
    }

    private static List<RoomMember> join(Crowd crowd) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(OTHERS);
        List<RoomMember> members = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            RoomMember member = new RoomMember(ROOM, true, joined::countDown);
            members.add(member);
            crowd.run(() -> crowd.connect(member, 0));
        }
        assertThat(joined.await(1, TimeUnit.MINUTES)).as("joined").isTrue();
        return members;
    }

    private static void say(StockClient talker, int number) {
        assertThat(talker.ask("message:send", Map.of("roomId", ROOM, "message", RoomMember.text(number, PADDING)))
                        .path("success")
                        .booleanValue())
                .isTrue();
    }
}
