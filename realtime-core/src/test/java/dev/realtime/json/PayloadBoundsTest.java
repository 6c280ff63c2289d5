package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Allocation;
import dev.realtime.testkit.HostileJson;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends as JSON, its tree takes at most 64 times the bytes it came in. */
class PayloadBoundsTest {
    private static final int FACTOR = 64;
    private static final int BASE = 16 * 1024;
    private static final int[] SIZES = {0, 1, 100, 10_000, 1_000_000};

    @ParameterizedTest
    @MethodSource("kinds")
    void aTreeTakesAtMost64TimesItsText(HostileJson.Kind kind) {
        for (int size : SIZES) {
            String text = kind.of(size);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            long bound = BASE + (long) FACTOR * utf8.length;
            assertThat(Allocation.of(() -> read(text))).as("text of %d", size).isLessThan(bound);
            assertThat(Allocation.of(() -> read(utf8))).as("bytes of %d", size).isLessThan(bound);
        }
    }

    static Stream<HostileJson.Kind> kinds() {
        return HostileJson.all();
    }

    private static void read(String text) {
        try {
            Payload.parse(text).elements();
        } catch (InvalidJsonException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private static void read(byte[] utf8) {
        try {
            Payload.parse(utf8).elements();
        } catch (InvalidJsonException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
