package dev.realtime.runner.blackbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** A room with a long history, of which a good part happened in one millisecond. */
final class LongHistory {
    private static final int MESSAGES = 1000;

    private LongHistory() {}

    /** Sends the messages to {@code server} and moves 300 of them into one millisecond in its {@code database}. */
    static void write(RunningServer server, Connection database, String room) throws SQLException {
        try (StockClient writer = StockClient.connected(server.port(), Tokens.patient())) {
            for (int i = 1; i <= MESSAGES; i++) {
                writer.send("message:send", Map.of("roomId", room, "message", "m" + i));
            }
            writer.heard().await("ack", MESSAGES);
        }
        try (PreparedStatement statement = database.prepareStatement(
                "UPDATE realtime_message SET sent_at = 1795425348000 + CASE WHEN seq < 400 THEN seq"
                        + " WHEN seq < 700 THEN 400 ELSE seq END WHERE room_id = ?")) {
            statement.setString(1, room);
            statement.execute();
        }
    }
}
