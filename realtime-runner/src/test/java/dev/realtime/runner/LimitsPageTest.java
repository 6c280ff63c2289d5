package dev.realtime.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of limits says what the settings read and what the tests show. */
class LimitsPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SETTINGS = Path.of("src/main/java/dev/realtime/runner/settings");
    private static final List<String> BOUNDS =
            List.of("ConnectionSettings", "LimitSettings", "RateSettings", "RoomSettings", "CallSettings");
    private static final Pattern READ = Pattern.compile("variables\\.(?:number|millis)\\(\\s*\"(\\w+)\", ([0-9_]+)");
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");

    private final List<String> rows = text(ROOT.resolve("docs/limits.md"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| Bound |"))
            .toList();

    @Test
    void everyVariableThatIsABoundHasARowWithItsDefault() {
        Map<String, String> known = bounds();
        assertThat(known).hasSizeGreaterThan(15);
        known.forEach((name, value) -> assertThat(rows)
                .as(name)
                .anySatisfy(row -> assertThat(row.replace(",", ""))
                        .contains("`" + name + "`")
                        .containsPattern("\\b" + value + "\\b")));
    }

    @Test
    void everyVariableOfThePageIsRead() {
        String settings = sources(SETTINGS).map(LimitsPageTest::text).collect(Collectors.joining());
        rows.forEach(row -> found(VARIABLE, row)
                .forEach(variable -> assertThat(settings).contains("\"" + variable.group(1) + "\"")));
    }

    @Test
    void everyRowNamesATestThatExists() {
        Map<String, String> tests = sources(ROOT)
                .filter(file -> file.toString().contains("src/test/java"))
                .collect(Collectors.toMap(file -> file.getFileName().toString(), LimitsPageTest::text, String::concat));
        assertThat(rows)
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(found(TEST, row))
                        .isNotEmpty()
                        .allSatisfy(test -> assertThat(tests.getOrDefault(test.group(1) + ".java", ""))
                                .contains("void " + test.group(2) + "(")));
    }

    /** By what the settings read as a number or a time: its default. */
    private static Map<String, String> bounds() {
        Map<String, String> bounds = new LinkedHashMap<>();
        for (String record : BOUNDS) {
            found(READ, text(SETTINGS.resolve(record + ".java")))
                    .forEach(read -> bounds.put(read.group(1), read.group(2).replace("_", "")));
        }
        return bounds;
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static Stream<Path> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
