package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as JSON is read as what it was, from text and from bytes. */
class PayloadRoundTripTest {
    private static final BigInteger BEYOND_A_LONG = BigInteger.TEN.pow(40);

    @Property(tries = 1000)
    void aValueIsReadAsWhatWasWritten(@ForAll("values") Payload value) {
        assertThat(Payload.parse(value.json())).isEqualTo(value);
        assertThat(Payload.parse(value.toString())).isEqualTo(value);
        assertThat(Payload.parse(value.toString()).json()).isEqualTo(value.json());
    }

    @Property(tries = 500)
    void bytesTakenOutAndPutBackLeaveTheValueAsItWas(@ForAll("values") Payload value, @ForAll byte[] bytes) {
        Payload whole = Payload.array(List.of(value, Payload.of(Map.of("bytes", bytes))));
        Payload without = whole.withoutBinary(taken -> Payload.parse("{\"mark\":1}"));
        assertThat(without.hasBinary()).isFalse();
        assertThat(without.withBinary(
                        object -> object.equals(Payload.parse("{\"mark\":1}")) ? Optional.of(bytes) : Optional.empty()))
                .isEqualTo(whole);
    }

    @Provide
    Arbitrary<Payload> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                texts().map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.bigIntegers().map(number -> number.add(BEYOND_A_LONG)),
                Arbitraries.of(true, false).map(bool -> bool));
        return leaf.list()
                .ofMaxSize(4)
                .flatMap(list -> Arbitraries.maps(texts(), leaf).ofMaxSize(4).map(map -> {
                    Map<String, Object> object = new HashMap<>(map);
                    object.put("list", list);
                    return Payload.of(object);
                }));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(12)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
