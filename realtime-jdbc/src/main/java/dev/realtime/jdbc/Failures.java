package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** What an exception of the database says about the work it ended, by its SQLSTATE (ISO 9075). */
enum Failures {
    /** Nothing was stored, and no smaller or later attempt of ours would change that. */
    NOT_STORED,
    /** Nothing was stored, because others were at work on the same rows; at once again is the remedy. */
    RACE,
    /** Nothing was stored, because of a value in one of the rows. */
    BAD_VALUE,
    /** The connection ended before the answer came. */
    UNKNOWN;

    /** Serialization failure, deadlock, lock not available; lock timeout and concurrent update of H2. */
    private static final Set<String> RACES = Set.of("40001", "40P01", "55P03", "HYT00", "50200", "90131");

    /** Classes with which a server reports that it has rolled the statement back. */
    private static final Set<String> CERTAIN =
            Set.of("0A", "21", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "P0");

    /** A statement that took too long and was cancelled. */
    private static final String CANCELED = "57014";

    static Failures of(JdbiException failure) {
        if (failure instanceof ConnectionException) {
            return NOT_STORED;
        }
        String state = state(failure);
        if (RACES.contains(state)) {
            return RACE;
        }
        String group = state.substring(0, Math.min(2, state.length()));
        if (group.equals("22") || group.equals("23")) {
            return BAD_VALUE;
        }
        boolean isCertain = state.equals(CANCELED) || (CERTAIN.contains(group) && !state.equals("40003"));
        return isCertain ? NOT_STORED : UNKNOWN;
    }

    static boolean isDuplicate(JdbiException failure) {
        return state(failure).equals("23505");
    }

    /** Databases quote the values they refuse, so what they say about a value does not travel along. */
    static StoreException exception(String what, JdbiException failure) {
        String state = state(failure);
        if (of(failure) == BAD_VALUE) {
            return new StoreException(what + ": a value was refused with SQLSTATE " + state);
        }
        return new StoreException(what + (state.isEmpty() ? "" : ", SQLSTATE " + state), failure);
    }

    private static String state(JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
