package dev.realtime.runner.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where accounts and messages are kept. */
public sealed interface DatabaseSettings {

    /** In this process, bounded, until it stops. */
    record InMemory() implements DatabaseSettings {}

    /**
     * In a database. It never shows address or password in logs.
     *
     * @param product which one
     * @param url as JDBC drivers read it
     * @param user the user, where the URL does not name it
     * @param password the password, where the URL does not hold it
     * @param poolSize the most connections held to it
     * @param textKeys under which texts of messages are encrypted, the first of them, and read; empty for plain texts
     */
    record Jdbc(
            Product product,
            String url,
            Optional<String> user,
            Optional<String> password,
            int poolSize,
            List<Secret> textKeys)
            implements DatabaseSettings {
        /** Copies the list. */
        public Jdbc {
            textKeys = List.copyOf(textKeys);
        }

        @Override
        public String toString() {
            return "Jdbc[" + product + ", poolSize=" + poolSize + "]";
        }
    }

    /** The databases that are understood. */
    enum Product {
        H2,
        POSTGRESQL;

        /** The name of the folder that holds the schema for it. */
        public String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the variables; empty, with the problems noted, when they cannot be read. */
    static Optional<DatabaseSettings> read(Variables variables) {
        Optional<String> user = variables.text("DATABASE_USER");
        Optional<String> password = variables.secret("DATABASE_PASSWORD");
        int poolSize = variables.number("DATABASE_POOL_SIZE", 10, 1, 1_000);
        Optional<String> url = variables.text("DATABASE_URL");
        if (url.isPresent() && url.get().equals("memory:")) {
            return Optional.of(new InMemory());
        }
        try {
            Optional<DatabaseUrl> address = url.isPresent()
                    ? url.map(DatabaseUrl::parse)
                    : ServerSettings.dataDirectory(variables).map(DatabaseSettings::file);
            return address.map(known -> new Jdbc(
                    known.product(),
                    known.jdbc(),
                    user.or(known::user),
                    password.or(known::password),
                    poolSize,
                    textKeys(variables)));
        } catch (IllegalArgumentException unreadable) {
            variables.problem(
                    url.isPresent() ? "DATABASE_URL" : "DATA_DIR",
                    String.valueOf(unreadable.getMessage()),
                    "postgresql://user:password@host:5432/name, jdbc:postgresql:..., jdbc:h2:... or memory:");
            return Optional.empty();
        }
    }

    /** The second is how texts are read that were stored before the first was set. */
    private static List<Secret> textKeys(Variables variables) {
        return Stream.of("FIELD_ENCRYPTION_KEY", "ENCRYPTION_KEY")
                .flatMap(name -> variables.secret(name).stream())
                .map(Secret::of)
                .toList();
    }

    private static DatabaseUrl file(Path dataDirectory) {
        return DatabaseUrl.h2File(dataDirectory.resolve("realtime"));
    }
}
