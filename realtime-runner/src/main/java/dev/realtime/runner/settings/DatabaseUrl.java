package dev.realtime.runner.settings;

import dev.realtime.runner.settings.DatabaseSettings.Product;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The address of a database in one of the forms operators have at hand. Messages of its exceptions hold no part of it. */
record DatabaseUrl(Product product, String jdbc, Optional<String> user, Optional<String> password) {
    private static final List<String> POSTGRESQL_SCHEMES = List.of("postgresql://", "postgres://");

    /** {@link IllegalArgumentException} for every other form. */
    static DatabaseUrl parse(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:h2:")) {
            return new DatabaseUrl(Product.H2, url, Optional.empty(), Optional.empty());
        }
        if (lower.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(Product.POSTGRESQL, url, Optional.empty(), Optional.empty());
        }
        for (String scheme : POSTGRESQL_SCHEMES) {
            if (lower.startsWith(scheme)) {
                return postgresql(url.substring(scheme.length()));
            }
        }
        throw new IllegalArgumentException("it has a form that is not known");
    }

    /**
     * A database file. A commit is on disk when it returns, and the file is closed by the server's own stop rather
     * than by a hook that races with it.
     */
    static DatabaseUrl h2File(Path path) {
        String name = path.toString();
        if (name.indexOf(';') >= 0) {
            throw new IllegalArgumentException("a database file cannot have a ; in its path");
        }
        return new DatabaseUrl(
                Product.H2,
                "jdbc:h2:file:" + name + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                Optional.of("sa"),
                Optional.of(""));
    }

    private static DatabaseUrl postgresql(String rest) {
        int end = firstOf(rest, "/?");
        String authority = rest.substring(0, end);
        String place = rest.substring(end);
        if (!place.startsWith("/") || place.length() < 2 || place.startsWith("/?")) {
            throw new IllegalArgumentException("it names no database");
        }
        int at = authority.lastIndexOf('@');
        Optional<String> login = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
        return new DatabaseUrl(
                Product.POSTGRESQL,
                "jdbc:postgresql://" + authority.substring(at + 1) + place,
                login.map(both -> decoded(both.substring(0, firstOf(both, ":"))))
                        .filter(name -> !name.isEmpty()),
                login.filter(both -> both.indexOf(':') >= 0)
                        .map(both -> decoded(both.substring(both.indexOf(':') + 1))));
    }

    private static int firstOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Percent-decoding of RFC 3986, where a plus sign is a plus sign. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            // The cause would repeat what it could not read.
            throw new IllegalArgumentException("its user or password is not percent-encoded");
        }
    }
}
