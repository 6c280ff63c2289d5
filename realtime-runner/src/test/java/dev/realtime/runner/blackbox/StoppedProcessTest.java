package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with many clients is stopped in the midst of a conversation, as a suspended machine is. */
class StoppedProcessTest {
    private static final int STOPPED = 20;
    private static final int OTHERS = 20;
    private static final int MOST_MESSAGES = 100_000;
    private static final long MEGABYTE = 1 << 20;
    private static final String ROOM = "stopped";
    private static final int TEXT = 2_000;

    @TempDir
    private static Path data;

    @Test
    void itsClientsAreClosedAndTheOthersHearAll() throws IOException, InterruptedException {
        Environment environment = Environment.inMemory(data)
                .with("PING_INTERVAL_MS", "500")
                .with("PING_TIMEOUT_MS", "10000")
                .with("PRESENCE_GRACE_MS", "100");
        try (ServerProcess server = ServerProcess.start(environment);
                Meeting meeting = new Meeting(server.port(), ROOM, "x".repeat(TEXT))) {
            List<RoomMember> others = meeting.join(OTHERS);
            try (CrowdProcess clients = CrowdProcess.start(server.port(), ROOM, STOPPED)) {
                long before = LiveHeap.of(server.pid()).bytes();
                for (int i = 0; i < 20; i++) {
                    meeting.say();
                }
                clients.stop();
                while (meeting.departures().size() < STOPPED && meeting.said() < MOST_MESSAGES) {
                    meeting.say();
                }
                long after = LiveHeap.of(server.pid()).bytes();
                meeting.assertHeardBy(others);
                assertThat(others).noneMatch(RoomMember::isGone);
                assertThat(meeting.departures()).hasSize(STOPPED).isSubsetOf("ping_timeout", "slow_consumer");
                // Beside what is lost there is what is kept: the messages, in a bounded store.
                assertThat(after - before).isLessThan(60 * MEGABYTE + meeting.said() * 3L * TEXT);
            }
        }
    }
}
