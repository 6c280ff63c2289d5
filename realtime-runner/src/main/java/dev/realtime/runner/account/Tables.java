package dev.realtime.runner.account;

import dev.realtime.error.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The database as the stores here ask it: one transaction a question, and failures in our words. */
final class Tables {
    /** SQLSTATE of a broken unique constraint, in H2 and PostgreSQL alike. */
    private static final String TAKEN = "23505";

    private final Jdbi jdbi;

    Tables(DataSource database) {
        this.jdbi = Jdbi.create(database);
    }

    <T> T asking(String what, HandleCallback<T, RuntimeException> question) {
        try {
            return jdbi.inTransaction(question);
        } catch (JdbiException failure) {
            throw new StoreException("could not " + what, failure);
        }
    }

    boolean insertedUnlessTaken(String what, HandleCallback<Integer, RuntimeException> insert) {
        try {
            return jdbi.inTransaction(insert) == 1;
        } catch (JdbiException failure) {
            if (failure.getCause() instanceof SQLException cause && TAKEN.equals(cause.getSQLState())) {
                return false;
            }
            throw new StoreException("could not " + what, failure);
        }
    }

    static OffsetDateTime column(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
