package dev.realtime.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.realtime.address.RoomId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.Drafts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DurabilityTest {
    private static final int KILLED = 42;
    private static final RoomId ROOM = new RoomId("room");

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() throws Exception {
        for (int start = 1; start <= 5; start++) {
            assertThat(runAndDie()).isEqualTo(KILLED);
        }
        try (HikariDataSource source = open(folder)) {
            List<Message> messages = JdbcStorage.on(source)
                    .messages()
                    .history(new HistoryQuery(
                            new HistoryQuery.OfRoom(ROOM), new HistoryQuery.Newest(), 50, Integer.MAX_VALUE))
                    .messages();
            assertThat(messages).extracting(Message::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    private int runAndDie() throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mortal.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor();
    }

    private static HikariDataSource open(Path folder) {
        return Databases.pool("jdbc:h2:file:" + folder.resolve("data"), "sa");
    }

    /** Stores one message and dies with its acknowledgement. */
    static final class Mortal {
        public static void main(String[] arguments) {
            JdbcStorage storage = JdbcStorage.on(open(Path.of(arguments[0])));
            storage.migrate();
            MessageStore store = storage.messages();
            List<Appended> answers = store.append(List.of(Drafts.in(ROOM).saying("last words")));
            Runtime.getRuntime().halt(answers.get(0) instanceof Appended.Stored ? KILLED : 1);
        }
    }
}
