package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/** The databases the stores know how to talk to, and what differs between them. */
enum Database {
    POSTGRESQL("PostgreSQL", "db/realtime/postgresql"),
    H2("H2", "db/realtime/h2");

    private final String product;
    private final String schemaFolder;

    Database(String product, String schemaFolder) {
        this.product = product;
        this.schemaFolder = schemaFolder;
    }

    /** The database at the other end, asked of the driver. */
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(database -> database.product.equals(product))
                .findFirst()
                .orElseThrow(
                        () -> new StoreException("nothing can be kept in " + product + ", only in PostgreSQL and H2"));
    }

    /** Where the schema files are on the class path. */
    String schemaFolder() {
        return schemaFolder;
    }

    /** A new one of its way to store a batch. */
    Appender appender() {
        return this == POSTGRESQL ? new PostgresAppender() : new H2Appender();
    }

    /** A new one of its way to move markers. */
    MarkerWriter markerWriter() {
        return this == POSTGRESQL ? new PostgresMarkerWriter() : new H2MarkerWriter();
    }

    /** Whether the character U+0000 may stand in a text. */
    boolean keepsNul() {
        return this == H2;
    }
}
