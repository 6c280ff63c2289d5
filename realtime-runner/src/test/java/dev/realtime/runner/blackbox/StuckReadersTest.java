package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty that never read, among five hundred that do, in the room with the most to say. */
class StuckReadersTest {
    private static final int HEALTHY = 500;
    private static final int STUCK = 50;
    private static final int MOST_MESSAGES = 1_000;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private static Path data;

    @Test
    void theyCostTheirQueueAndAreClosedAndNobodyElseNotices() throws InterruptedException {
        Environment environment =
                Environment.inMemory(data).with("PRESENCE_GRACE_MS", "100").with("MAX_CONNECTIONS_PER_USER", "1000");
        try (ServerProcess server = ServerProcess.start(environment);
                Meeting meeting = new Meeting(server.port(), "stuck-readers", "€".repeat(9_000))) {
            List<RoomMember> healthy = meeting.join(HEALTHY);
            List<RoomMember> stuck = meeting.joinWithoutReading(STUCK);
            long before = LiveHeap.of(server.pid()).bytes();

            long most = 0;
            while (meeting.departures().size() < STUCK && meeting.said() < MOST_MESSAGES) {
                meeting.say();
                if (meeting.said() % 25 == 0) {
                    most = Math.max(most, LiveHeap.of(server.pid()).bytes());
                }
            }
            for (int more = 0; more < 10; more++) {
                meeting.say();
            }
            meeting.assertHeardBy(healthy);
            long after = LiveHeap.of(server.pid()).bytes();

            System.out.printf(
                    "%d messages to %d healthy and %d stuck; p99 %d ms; heap %d, at most %d, then %d MB%n",
                    meeting.said(), HEALTHY, STUCK, p99(healthy) / 1_000_000, before >> 20, most >> 20, after >> 20);
            assertThat(meeting.departures()).hasSize(STUCK).containsOnly("slow_consumer");
            assertThat(stuck).noneMatch(member -> member.numbers().size() > 1);
            assertThat(most - before).isLessThan((STUCK + 40) * MEGABYTE);
            assertThat(after - before).isLessThan(40 * MEGABYTE);
        }
    }

    private static long p99(List<RoomMember> members) {
        long[] waits = members.stream()
                .flatMapToLong(member -> member.waits().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        return waits[waits.length * 99 / 100];
    }
}
