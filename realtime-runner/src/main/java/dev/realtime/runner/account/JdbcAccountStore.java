package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** Accounts in the table {@code runner_users}. Safe for many threads. */
public final class JdbcAccountStore implements AccountStore {
    private final Tables tables;

    /** A store on a database that {@link AccountSchema} has prepared. */
    public JdbcAccountStore(DataSource database) {
        this.tables = new Tables(database);
    }

    @Override
    public boolean insert(Account account) {
        return tables.insertedUnlessTaken(
                "add account " + account.id(),
                handle -> handle.createUpdate("""
                        INSERT INTO runner_users (id, email, email_key, first_name, last_name, role, phone, status,
                            email_verified, created_at, updated_at, password_hash, demo)
                        VALUES (:id, :email, :key, :first, :last, :role, :phone, :status,
                            :verified, :created, :updated, :hash, :demo)
                        """)
                        .bind("id", account.id().value())
                        .bind("email", account.email())
                        .bind("key", Account.emailKey(account.email()))
                        .bind("first", account.firstName())
                        .bind("last", account.lastName())
                        .bind("role", account.role())
                        .bind("phone", account.phone())
                        .bind("status", account.status().name())
                        .bind("verified", account.isEmailVerified())
                        .bind("created", Tables.column(account.createdAt()))
                        .bind("updated", Tables.column(account.updatedAt()))
                        .bind("hash", account.passwordHash())
                        .bind("demo", account.isDemo())
                        .execute());
    }

    @Override
    public Optional<Account> find(UserId id) {
        return one("SELECT * FROM runner_users WHERE id = :value", id.value());
    }

    @Override
    public Optional<Account> findByEmail(String email) {
        return one("SELECT * FROM runner_users WHERE email_key = :value", Account.emailKey(email));
    }

    private Optional<Account> one(String query, String value) {
        return tables.asking(
                "find an account",
                handle -> handle.createQuery(query)
                        .bind("value", value)
                        .map((row, context) -> account(row))
                        .findOne());
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new UserId(row.getString("id")),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("role"),
                Optional.ofNullable(row.getString("phone")),
                Account.Status.valueOf(row.getString("status")),
                row.getBoolean("email_verified"),
                moment(row, "created_at"),
                moment(row, "updated_at"),
                row.getString("password_hash"),
                row.getBoolean("demo"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
