package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser that scripts drive, of the Debian package {@code chromium} or like it. */
final class Chromium {
    private static final String MISSING = "there is no chromium on the path: apt-get install chromium";

    private Chromium() {}

    /** Where it is. Without it the test that asks is skipped; where everything has to be there, it fails. */
    static Path assumeAvailable() {
        Optional<Path> program = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assertThat(program.isPresent() || !"true".equals(System.getenv("CI")))
                .as(MISSING)
                .isTrue();
        Assumptions.assumeTrue(program.isPresent(), MISSING);
        return program.orElseThrow();
    }
}
