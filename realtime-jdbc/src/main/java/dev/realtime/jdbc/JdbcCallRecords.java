package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import dev.realtime.error.StoreException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Calls that are over in PostgreSQL or H2, shared by all nodes on the same database, and never forgotten. Safe for many
 * threads. {@link StoreException} when the database cannot be asked.
 */
public final class JdbcCallRecords implements CallRecords {
    private static final String INSERT = "INSERT INTO realtime_call (" + CallColumns.ALL
            + ") VALUES (:id, :caller, :callee, :visit, :type, :state, :startedAt, :answeredAt, :endedAt, :seconds,"
            + " :endedBy, :reason, :quality)";

    private static final String OF = "(SELECT " + CallColumns.ALL + " FROM realtime_call"
            + " WHERE %1$s = :user AND started_at < :before"
            + " ORDER BY %1$s DESC, started_at DESC, call_id DESC LIMIT :count)";
    /** Nobody is both parties of a call. */
    static final String OF_USER = "SELECT * FROM (" + OF.formatted("caller_id") + " UNION ALL "
            + OF.formatted("callee_id") + ") c ORDER BY started_at DESC, call_id DESC LIMIT :count";

    private final Connections connections;

    /**
     * Records in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcCallRecords(DataSource source) {
        this(Connections.to(source));
    }

    JdbcCallRecords(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void save(CallRecord record) {
        connections.ask("write call " + record.id(), handle -> insert(handle, record));
    }

    @Override
    public List<CallRecord> history(UserId user, Instant before, int limit) {
        return connections.ask(
                "read the calls of user " + user,
                handle -> handle.createQuery(OF_USER)
                        .bind("user", user.value())
                        .bind("before", Columns.ceilingMillis(before))
                        .bind("count", limit)
                        .map((row, context) -> CallColumns.record(row))
                        .list());
    }

    /** Answers whether it was this call that wrote it; one that stands is left alone. */
    private static boolean insert(Handle handle, CallRecord record) {
        try {
            handle.createUpdate(INSERT)
                    .bind("id", record.id().value())
                    .bind("caller", record.caller().value())
                    .bind("callee", record.callee().value())
                    .bind("visit", record.visit().map(VisitId::value))
                    .bind("type", record.type().map(Enum::name))
                    .bind("state", record.state().name())
                    .bind("startedAt", Columns.floorMillis(record.startedAt()))
                    .bind("answeredAt", record.answeredAt().map(Columns::floorMillis))
                    .bind("endedAt", Columns.floorMillis(record.ending().at()))
                    .bind("seconds", record.ending().seconds())
                    .bind("endedBy", record.ending().by().map(UserId::value))
                    .bind("reason", record.ending().reason())
                    .bind("quality", QualityColumn.json(record.quality()))
                    .execute();
            return true;
        } catch (JdbiException failed) {
            if (Failures.isDuplicate(failed)) {
                return false;
            }
            throw failed;
        }
    }
}
