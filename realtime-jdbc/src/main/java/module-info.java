/** Durable stores on PostgreSQL and H2. */
@SuppressWarnings({"module", "opens"}) // The opened packages hold the schema files, for the migration tool to find.
module dev.realtime.jdbc {
    requires static transitive org.jspecify;
    requires transitive dev.realtime.core;
    requires transitive java.sql;
    requires org.jdbi.v3.core;
    // jdbi has no descriptor to ask for it.
    requires io.leangen.geantyref;
    requires static flyway.core;

    exports dev.realtime.jdbc;

    opens db.realtime.h2;
    opens db.realtime.postgresql;
}
