package dev.realtime.jdbc;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallState;
import dev.realtime.call.CallType;
import dev.realtime.call.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** How the values of a call that is over stand in the columns of a row. */
final class CallColumns {
    /** The columns of {@code realtime_call}, for {@link #record}. */
    static final String ALL = "call_id, caller_id, callee_id, visit_id, call_type, state, started_at, answered_at,"
            + " ended_at, seconds, ended_by, reason, quality";

    private CallColumns() {}

    /** The record in the row at hand. */
    static CallRecord record(ResultSet row) throws SQLException {
        return new CallRecord(
                new CallId(row.getString("call_id")),
                new UserId(row.getString("caller_id")),
                new UserId(row.getString("callee_id")),
                Optional.ofNullable(row.getString("visit_id")).map(VisitId::new),
                Optional.ofNullable(row.getString("call_type")).map(CallType::valueOf),
                CallState.valueOf(row.getString("state")),
                Columns.moment(row.getLong("started_at")),
                answeredAt(row),
                new Ending(
                        Columns.moment(row.getLong("ended_at")),
                        Optional.ofNullable(row.getString("ended_by")).map(UserId::new),
                        Optional.ofNullable(row.getString("reason")),
                        row.getLong("seconds")),
                QualityColumn.quality(row.getString("quality")));
    }

    private static Optional<Instant> answeredAt(ResultSet row) throws SQLException {
        long millis = row.getLong("answered_at");
        return row.wasNull() ? Optional.empty() : Optional.of(Columns.moment(millis));
    }
}
