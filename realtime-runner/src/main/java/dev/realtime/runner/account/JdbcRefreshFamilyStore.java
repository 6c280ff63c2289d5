package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** Refresh families in the table {@code runner_refresh_families}. Safe for many threads and nodes. */
public final class JdbcRefreshFamilyStore implements RefreshFamilyStore {
    private final Tables tables;

    /** A store on a database that {@link AccountSchema} has prepared. */
    public JdbcRefreshFamilyStore(DataSource database) {
        this.tables = new Tables(database);
    }

    @Override
    public void insert(RefreshFamily family, Instant now) {
        String user = family.user().value();
        tables.asking("add a refresh family of " + user, handle -> {
            handle.execute(
                    "DELETE FROM runner_refresh_families WHERE user_id = ? AND expires_at <= ?",
                    user,
                    Tables.column(now));
            handle.execute("""
                    DELETE FROM runner_refresh_families WHERE user_id = ? AND id NOT IN (
                        SELECT id FROM runner_refresh_families WHERE user_id = ?
                        ORDER BY expires_at DESC, id DESC FETCH FIRST %d ROWS ONLY)
                    """.formatted(MAX_PER_USER - 1), user, user);
            return handle.execute(
                    "INSERT INTO runner_refresh_families (id, user_id, token_hash, expires_at) VALUES (?, ?, ?, ?)",
                    family.id(),
                    user,
                    family.tokenHash(),
                    Tables.column(family.expiresAt()));
        });
    }

    @Override
    public Optional<RefreshFamily> find(String id) {
        return tables.asking(
                "find a refresh family",
                handle -> handle.createQuery("SELECT * FROM runner_refresh_families WHERE id = :id")
                        .bind("id", id)
                        .map((row, context) -> new RefreshFamily(
                                row.getString("id"),
                                new UserId(row.getString("user_id")),
                                row.getString("token_hash"),
                                row.getObject("expires_at", OffsetDateTime.class)
                                        .toInstant()))
                        .findOne());
    }

    @Override
    public boolean replace(RefreshFamily current, RefreshFamily next) {
        return tables.asking(
                "continue a refresh family of " + current.user(),
                handle -> handle.execute(
                                """
                                UPDATE runner_refresh_families SET token_hash = ?, expires_at = ?
                                WHERE id = ? AND token_hash = ?
                                """,
                                next.tokenHash(),
                                Tables.column(next.expiresAt()),
                                current.id(),
                                current.tokenHash())
                        == 1);
    }

    @Override
    public void remove(String id) {
        tables.asking(
                "remove a refresh family",
                handle -> handle.execute("DELETE FROM runner_refresh_families WHERE id = ?", id));
    }

    @Override
    public void removeAll(UserId user) {
        tables.asking(
                "remove the refresh families of " + user,
                handle -> handle.execute("DELETE FROM runner_refresh_families WHERE user_id = ?", user.value()));
    }
}
