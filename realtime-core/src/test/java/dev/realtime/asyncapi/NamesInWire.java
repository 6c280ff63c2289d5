package dev.realtime.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of events that stand in the sources of {@code wire}, which is the only place for them
 * ({@code ArchitectureTest}).
 */
public final class NamesInWire {
    private static final Path SOURCES = Path.of("src/main/java/dev/realtime/wire");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    /** What has a colon and no space, or is told to one session by name. */
    private static final Pattern NAME =
            Pattern.compile("\"([a-z]+:[A-Za-z]+)\"|new Outbound\\.Event\\(\\s*\\w+,\\s*\"([^\"]+)\"");

    private NamesInWire() {}

    /** All of them, whoever sends them. */
    public static Set<String> all() {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.forEach(file -> NAME.matcher(COMMENT.matcher(text(file)).replaceAll(""))
                    .results()
                    .forEach(found -> names.add(found.group(1) == null ? found.group(2) : found.group(1))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return names;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
