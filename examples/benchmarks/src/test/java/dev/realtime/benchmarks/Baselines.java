package dev.realtime.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The bytes that each operation may allocate, by its name, in a file that is committed. */
final class Baselines {
    private static final Path FILE = Path.of("src/test/resources/allocation.properties");
    private static final List<String> HEAD = List.of(
            "# Bytes that one operation of a benchmark allocates, on JDK 17, without the optimizing compiler.",
            "# Renewed, not edited: mvn -Pbaselines -pl examples/benchmarks -am");

    private final Properties bytes;

    private Baselines(Properties bytes) {
        this.bytes = bytes;
    }

    /** Whether this run writes them instead of comparing with them. */
    static boolean areRenewed() {
        return System.getProperty("baselines", "compare").equals("renew");
    }

    static Baselines read() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(FILE)) {
            properties.load(reader);
        }
        return new Baselines(properties);
    }

    static void write(Map<String, Long> measured) throws IOException {
        Stream<String> lines = measured.entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue());
        Files.write(FILE, Stream.concat(HEAD.stream(), lines).toList());
    }

    Set<String> names() {
        return bytes.stringPropertyNames();
    }

    long of(String name) {
        return Long.parseLong(bytes.getProperty(name));
    }

    /** JDKs differ by a few bytes in their own classes, and a node has timers of its own. */
    long most(String name) {
        return of(name) + of(name) / 50 + 16;
    }
}
