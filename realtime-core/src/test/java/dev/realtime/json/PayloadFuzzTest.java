package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** What clients send as JSON. Either it is refused, or it can be read, written and read again. */
class PayloadFuzzTest {

    @FuzzTest
    void jsonIsRefusedOrComesBackAsItWas(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<Payload> asText = parsed(() -> Payload.parse(text));
        Optional<Payload> asBytes = parsed(() -> Payload.parse(bytes));
        asText.ifPresent(PayloadFuzzTest::assertReadable);
        asBytes.ifPresent(PayloadFuzzTest::assertReadable);
        if (asText.isPresent() && asBytes.isPresent()) {
            assertThat(asBytes).isEqualTo(asText);
        }
    }

    private static void assertReadable(Payload value) {
        assertThat(Payload.parse(value.json())).isEqualTo(value);
        assertThat(Payload.parse(value.toString())).isEqualTo(value);
        assertThat(value.withBinary(object -> Optional.empty())).isEqualTo(value);
        Assertions.assertThatCode(value::asLong).doesNotThrowAnyException();
        value.names().forEach(name -> assertThat(value.get(name)).isNotNull());
        value.elements().forEach(PayloadFuzzTest::assertReadable);
    }

    private static Optional<Payload> parsed(java.util.function.Supplier<Payload> parse) {
        try {
            return Optional.of(parse.get());
        } catch (InvalidJsonException refused) {
            return Optional.empty();
        }
    }
}
