package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @Test
    void thirtyTwoLevelsAreReadAndThirtyThreeAreNot() {
        assertThat(Payload.parse(nested(32)).toString()).isEqualTo(nested(32));
        assertInvalid(nested(33));
        assertInvalid("{\"a\":".repeat(33) + "1" + "}".repeat(33));
        assertInvalid("[".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "nul",
                "tru",
                "NaN",
                "Infinity",
                "-",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "0x10",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\u0001\"",
                "// c",
                "/**/1",
                "[1",
                "1 2",
                "{}{}",
                "{}x",
                "[] ]",
                "\"a\" b",
                "undefined",
                "\uFEFF1",
            })
    void whatIsNotOneJsonValueIsRefused(String text) {
        assertInvalid(text);
    }

    @Test
    void bytesThatAreNotUtf8BecomeTheReplacementCharacter() {
        assertThat(Payload.parse(new byte[] {'"', (byte) 0xff, '"'}).asText()).isEqualTo("\uFFFD");
        assertThat(Payload.parse(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})
                        .toString())
                .matches("\"\uFFFD+\"");
        assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> Payload.parse(new byte[0]));
        assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> Payload.parse(new byte[] {(byte) 0xff}));
    }

    @Test
    void aFieldNameWithHalfASurrogatePairIsRefused() {
        assertInvalid("{\"\\ud83d\":1}");
    }

    @Test
    void charactersBeyondTheFirstPlaneAreNotEscaped() {
        assertThat(Payload.parse("\"\\ud83d\\ude00\"").json()).isEqualTo("\"😀\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatNestsTooDeepOrHasBytesIsNotReadable() {
        Payload deepest = Payload.parse("[".repeat(32) + "]".repeat(32));
        assertThat(deepest.isReadable()).isTrue();
        assertThat(Payload.array(List.of(deepest)).isReadable()).isFalse();
        assertThat(Payload.of("half \ud83d").isReadable()).isTrue();
        assertThat(Payload.of(new byte[] {1}).isReadable()).isFalse();
    }

    @Test
    void theRefusalDoesNotRepeatTheText() {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Payload.parse("{\"password\":\"hunter2\""))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hunter2", "password"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0, 0",
        "1.5, 1.5",
        "0.1, 0.1",
        "12345678901, 12345678901",
        "9007199254740993, 9007199254740993",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1e400, 1.7976931348623157E308",
        "-1e400, -1.7976931348623157E308",
        "1e-400, 0.0",
        "1e99999999999, 1.7976931348623157E308",
    })
    void aNumberComesOutAsANumber(String in, String out) {
        Payload number = Payload.parse(in);
        assertThat(number.kind()).isEqualTo(Payload.Kind.NUMBER);
        assertThat(number.toString()).isEqualTo(out);
        assertThat(Payload.parse(number.toString()).kind()).isEqualTo(Payload.Kind.NUMBER);
    }

    @Test
    void aNumberOfMoreThanFourHundredDigitsIsRefused() {
        assertThat(Payload.parse("9".repeat(400)).toString()).hasSize(400);
        assertInvalid("9".repeat(401));
    }

    @Test
    void aNameOfMoreThanFiftyThousandCharactersIsRefused() {
        assertThat(Payload.parse("{\"" + "n".repeat(50_000) + "\":1}").names()).hasSize(1);
        assertInvalid("{\"" + "n".repeat(50_001) + "\":1}");
    }

    @Test
    void aHostsInfinityIsANumberToo() {
        assertThat(Payload.of(Double.POSITIVE_INFINITY).toString()).isEqualTo("1.7976931348623157E308");
    }

    @Test
    void theLastOfTwoEqualKeysCounts() {
        assertThat(Payload.parse("{\"a\":1,\"b\":2,\"a\":3}").toString()).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void orderIsKeptAndBlanksAreNot() {
        assertThat(Payload.parse(" { \"b\" : [ 1 , null , true ] , \"a\" : { } } ")
                        .toString())
                .isEqualTo("{\"b\":[1,null,true],\"a\":{}}");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        assertThat(Payload.parse("\"a\\ud83d\"").asText()).isEqualTo("a\uFFFD");
        assertThat(Payload.parse("\"\\uDE00b\"").asText()).isEqualTo("\uFFFDb");
        assertThat(Payload.parse("\"\\uDE00\\uD83D\"").asText()).isEqualTo("\uFFFD\uFFFD");
        assertThat(Payload.parse("\"\\ud83d\\ude00\"").asText()).isEqualTo("😀");
        assertThat(Payload.parse("{\"a\":[\"\\ud83d\"]}").toString()).isEqualTo("{\"a\":[\"\uFFFD\"]}");
        assertThat(Payload.parse("\"\ud83d\"").toString()).isEqualTo("\"\uFFFD\"");
        assertThat(Payload.of(Map.of("\ud83d", List.of("\ud83d"))).toString()).isEqualTo("{\"\uFFFD\":[\"\uFFFD\"]}");
        assertThat(Payload.parse("\"\\ud83d\"".getBytes(StandardCharsets.UTF_8)).asText())
                .isEqualTo("\uFFFD");
    }

    @Test
    void aFieldThatIsNullOrAbsentIsEmpty() {
        Payload object = Payload.parse("{\"a\":null,\"b\":false}");
        assertThat(object.get("a")).isEmpty();
        assertThat(object.get("b")).contains(Payload.of(false));
        assertThat(object.get("c")).isEmpty();
        assertThat(Payload.parse("[1]").get("0")).isEmpty();
        assertThat(Payload.parse("null").get("a")).isEmpty();
        assertThat(object.names()).containsExactly("a", "b");
    }

    @Test
    void theElementsOfAListMayBeNull() {
        assertThat(Payload.parse("[1,null]").elements())
                .extracting(Payload::kind)
                .containsExactly(Payload.Kind.NUMBER, Payload.Kind.NULL);
        assertThat(Payload.parse("{\"a\":1}").elements()).isEmpty();
    }

    @Test
    void textIsOnlyWhatHasOne() {
        assertThat(Payload.parse("\"x\"").asText()).isEqualTo("x");
        assertThat(Payload.parse("1.5").asText()).isEqualTo("1.5");
        assertThat(Payload.parse("true").asText()).isEqualTo("true");
        assertThat(Payload.parse("null").asText()).isEmpty();
        assertThat(Payload.parse("{}").asText()).isEmpty();
        assertThat(Payload.of(new byte[] {1}).asText()).isEmpty();
    }

    @Test
    void numbersAreOnlyNumbers() {
        assertThat(Payload.parse("\"12\"").asLong()).isZero();
        assertThat(Payload.parse("true").asLong()).isZero();
        assertThat(Payload.parse("\"12\"").asDouble()).isZero();
        assertThat(Payload.parse("-1.9").asLong()).isEqualTo(-1);
        assertThat(Payload.parse("1e30").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(Payload.parse("-99999999999999999999").asLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(Payload.parse("9007199254740993").asLong()).isEqualTo(9007199254740993L);
        assertThat(Payload.parse("1").asBoolean()).isFalse();
        assertThat(Payload.parse("true").asBoolean()).isTrue();
    }

    @Test
    void aNumberEqualsItselfWhateverItWasMadeFrom() {
        assertThat(Payload.of(5L)).isEqualTo(Payload.parse("5")).hasSameHashCodeAs(Payload.parse("5"));
        assertThat(Payload.object().put("a", 5).end()).isEqualTo(Payload.of(Map.of("a", 5L)));
    }

    @Test
    void aByteArrayInAMapIsABinaryValue() {
        Map<String, Object> map = new HashMap<>();
        map.put("file", new byte[] {1, 2});
        Payload payload = Payload.of(Map.of("deep", List.of(map)));
        Payload file =
                payload.get("deep").orElseThrow().elements().get(0).get("file").orElseThrow();
        assertThat(file.kind()).isEqualTo(Payload.Kind.BINARY);
        assertThat(file.asBytes()).containsExactly(1, 2);
        assertThat(payload.toString()).isEqualTo("{\"deep\":[{\"file\":\"AQI=\"}]}");
    }

    @Test
    void binaryIsNotForgottenOnceTheJsonWasMade() {
        Payload payload = Payload.of(Map.of("file", new byte[] {1, 2}));
        assertThat(payload.size()).isPositive();
        assertThat(payload.hasBinary()).isTrue();
        assertThat(Payload.parse(payload.json()).hasBinary()).isFalse();
        assertThat(Payload.object().put("file", payload).end().hasBinary()).isFalse();
        assertThat(Payload.array(List.of(Payload.of(1), payload)).hasBinary()).isTrue();
    }

    @Test
    void binaryCanBeTakenOutAndPutBack() {
        Payload payload = Payload.of(List.of("a", new byte[] {1}, List.of(new byte[] {2})));
        Payload taken = payload.withoutBinary(bytes -> Payload.of(Map.of("was", bytes[0])));
        assertThat(taken.toString()).isEqualTo("[\"a\",{\"was\":1},[{\"was\":2}]]");
        assertThat(taken.hasBinary()).isFalse();
        Payload back = taken.withBinary(object -> object.get("was").map(number -> new byte[] {(byte) number.asLong()}));
        assertThat(back).isEqualTo(payload);
    }

    @Test
    void theBytesHandedOutAreACopy() {
        Payload payload = Payload.of(new byte[] {1});
        payload.asBytes()[0] = 9;
        assertThat(payload.asBytes()).containsExactly(1);
    }

    record Small(String item, Payload rest) {}

    @Test
    void aPayloadIsReadableAsARecord() {
        Small small = Payload.parse("{\"item\":\"tea\",\"rest\":{\"a\":[1]},\"unknown\":1}")
                .as(Small.class);
        assertThat(small.item()).isEqualTo("tea");
        assertThat(small.rest().toString()).isEqualTo("{\"a\":[1]}");
        assertThat(Payload.of(small).toString()).isEqualTo("{\"item\":\"tea\",\"rest\":{\"a\":[1]}}");
    }

    @Test
    void aPayloadThatDoesNotFitTheTypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payload.parse("{\"item\":{}}").as(Small.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payload.parse("\"x\"").as(Integer.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payload.parse("null").as(Small.class));
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.of(new Object()));
    }

    @Test
    void whatWasWrittenMayNestDeeperThanWhatClientsSend() {
        Payload deep = Payload.object()
                .put("a", Payload.object().put("b", Payload.parse(nested(32))).end())
                .end();
        assertThat(deep.get("a").orElseThrow().get("b")).contains(Payload.parse(nested(32)));
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static void assertInvalid(String text) {
        assertThatExceptionOfType(InvalidJsonException.class).as("%.20s", text).isThrownBy(() -> Payload.parse(text));
    }

    @Test
    void aPackedValueIsTheSameValue() {
        String json = "{\"a\":[1.5,null,\"h\u00e9\"],\"b\":{}}";
        Payload packed = Payload.parse(json).packed();
        assertThat(packed).isEqualTo(Payload.parse(json)).hasToString(json);
        assertThat(packed.hasBinary()).isFalse();
        assertThat(packed.get("a").orElseThrow().elements()).hasSize(3);
    }

    @Test
    void aValueThatHoldsBytesIsNotPacked() {
        Payload bytes = Payload.of(Map.of("a", new byte[] {1}));
        assertThat(bytes.packed()).isSameAs(bytes);
    }
}
