package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.error.StoreException;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/** Visits in PostgreSQL or H2, shared by all nodes on the same database. Safe for many threads. */
public final class JdbcVisitDirectory implements VisitDirectory {
    private static final String FIND =
            "SELECT patient_id, provider_id, created_at FROM realtime_visit WHERE visit_id = :visit";
    private static final String UPDATE = "UPDATE realtime_visit SET patient_id = :patient, provider_id = :provider,"
            + " created_at = :createdAt WHERE visit_id = :visit";
    private static final String INSERT = "INSERT INTO realtime_visit (visit_id, patient_id, provider_id, created_at)"
            + " VALUES (:visit, :patient, :provider, :createdAt)";

    private static final String OF = "(SELECT visit_id, created_at FROM realtime_visit WHERE %1$s = :user"
            + " ORDER BY %1$s DESC, created_at DESC, visit_id DESC LIMIT :count)";
    static final String OF_USER = "SELECT v.visit_id FROM (" + OF.formatted("patient_id") + " UNION "
            + OF.formatted("provider_id") + ") v ORDER BY v.created_at DESC, v.visit_id DESC LIMIT :count";

    private final Connections connections;

    /**
     * Visits in the tables of {@link JdbcStorage#migrate()}.
     *
     * @throws StoreException when the database cannot be reached or is neither PostgreSQL nor H2
     */
    public JdbcVisitDirectory(DataSource source) {
        this(Connections.to(source));
    }

    JdbcVisitDirectory(Connections connections) {
        this.connections = connections;
    }

    /** As {@link VisitDirectory#find}; {@link StoreException} when it cannot be read. */
    @Override
    public Optional<Visit> find(VisitId id) {
        return connections.ask(
                "read visit " + id,
                handle -> handle.createQuery(FIND)
                        .bind("visit", id.value())
                        .map((row, context) -> new Visit(
                                id,
                                new UserId(row.getString("patient_id")),
                                new UserId(row.getString("provider_id")),
                                Columns.moment(row.getLong("created_at"))))
                        .findOne());
    }

    /** As {@link VisitDirectory#visitsOf}; {@link StoreException} when they cannot be read. */
    @Override
    public List<VisitId> visitsOf(UserId user, int limit) {
        return connections.ask(
                "read the visits of user " + user,
                handle -> handle.createQuery(OF_USER)
                        .bind("user", user.value())
                        .bind("count", limit)
                        .map((row, context) -> new VisitId(row.getString("visit_id")))
                        .list());
    }

    /**
     * Enters the visit and tells whether it took the place of one with the same id; {@link StoreException} when it
     * cannot be written.
     */
    public boolean put(Visit visit) {
        return connections.ask("write visit " + visit.id(), handle -> replace(handle, visit) || !insert(handle, visit));
    }

    private static boolean replace(Handle handle, Visit visit) {
        return bound(handle.createUpdate(UPDATE), visit).execute() > 0;
    }

    /** Answers whether it was this call that entered it: someone else may have since {@link #replace} found nothing. */
    private static boolean insert(Handle handle, Visit visit) {
        try {
            bound(handle.createUpdate(INSERT), visit).execute();
            return true;
        } catch (JdbiException failed) {
            if (Failures.isDuplicate(failed)) {
                return !replace(handle, visit);
            }
            throw failed;
        }
    }

    private static Update bound(Update update, Visit visit) {
        return update.bind("visit", visit.id().value())
                .bind("patient", visit.patient().value())
                .bind("provider", visit.provider().value())
                .bind("createdAt", Columns.floorMillis(visit.createdAt()));
    }
}
