package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty that never read, among five hundred that do, in the room with the most to say. */
class StuckReadersTest {
    private static final int HEALTHY = 500;
    private static final int STUCK = 50;
    private static final int MOST_MESSAGES = 1_000;
    private static final long MEGABYTE = 1 << 20;
    private static final String ROOM = "stuck-readers";
    private static final String PADDING = "€".repeat(9_000);

    @TempDir
    private static Path data;

    @Test
    void theyCostTheirQueueAndAreClosedAndNobodyElseNotices() throws InterruptedException {
        Environment environment =
                Environment.inMemory(data).with("PRESENCE_GRACE_MS", "100").with("MAX_CONNECTIONS_PER_USER", "1000");
        try (ServerProcess server = ServerProcess.start(environment);
                StockClient talker = StockClient.connected(server.port(), Tokens.provider());
                Crowd crowd = new Crowd(server.port())) {
            talker.ask("room:join", Map.of("roomId", ROOM, "roomType", "chat"));
            List<RoomMember> healthy = join(crowd, HEALTHY, true);
            List<RoomMember> stuck = join(crowd, STUCK, false);
            long before = LiveHeap.of(server.pid()).bytes();

            int said = 0;
            long most = 0;
            while (gone(talker) < STUCK && said < MOST_MESSAGES) {
                said++;
                say(talker, said);
                if (said % 25 == 0) {
                    most = Math.max(most, LiveHeap.of(server.pid()).bytes());
                }
            }
            for (int more = 0; more < 10; more++) {
                say(talker, ++said);
            }
            int all = said;
            for (RoomMember member : healthy) {
                member.await(all);
                assertThat(member.numbers())
                        .isEqualTo(IntStream.rangeClosed(1, all).boxed().toList());
            }
            long after = LiveHeap.of(server.pid()).bytes();

            System.out.printf(
                    "%d messages to %d healthy and %d stuck; p99 %d ms; heap %d, at most %d, then %d MB%n",
                    all, HEALTHY, STUCK, p99(healthy) / 1_000_000, before >> 20, most >> 20, after >> 20);
            assertThat(talker.heard().named("room:userLeft"))
                    .hasSize(STUCK)
                    .allMatch(left -> left.path("reason").textValue().equals("slow_consumer"));
            assertThat(stuck).noneMatch(member -> member.numbers().size() > 1);
            assertThat(most - before).isLessThan((STUCK + 40) * MEGABYTE);
            assertThat(after - before).isLessThan(40 * MEGABYTE);
        }
    }

    private static List<RoomMember> join(Crowd crowd, int count, boolean reads) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(count);
        List<RoomMember> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RoomMember member = new RoomMember(ROOM, reads, joined::countDown);
            members.add(member);
            crowd.run(() -> crowd.connect(member, reads ? 0 : 4_096));
        }
        assertThat(joined.await(60, TimeUnit.SECONDS)).as("joined").isTrue();
        return members;
    }

    private static void say(StockClient talker, int number) {
        assertThat(talker.ask("message:send", Map.of("roomId", ROOM, "message", RoomMember.text(number, PADDING)))
                        .path("success")
                        .booleanValue())
                .isTrue();
    }

    private static int gone(StockClient talker) {
        return talker.heard().named("room:userLeft").size();
    }

    private static long p99(List<RoomMember> members) {
        long[] waits = members.stream()
                .flatMapToLong(member -> member.waits().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        return waits[waits.length * 99 / 100];
    }
}
