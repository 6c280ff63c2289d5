package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written by hand is byte for byte what Jackson writes. */
class JsonBytesTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property
    void aTextIsWrittenAsJacksonWritesIt(@ForAll("texts") String text) throws JsonProcessingException {
        JsonNode whole = Surrogates.repaired((JsonNode) TextNode.valueOf(text));
        assertThat(JsonBytes.of(TextNode.valueOf(text))).isEqualTo(Json.MAPPER.writeValueAsBytes(whole));
    }

    @Property(tries = 300)
    void aTreeIsWrittenAsJacksonWritesIt(@ForAll("trees") JsonNode tree) throws JsonProcessingException {
        JsonNode whole = Surrogates.repaired(tree.<JsonNode>deepCopy());
        assertThat(new String(JsonBytes.of(tree), StandardCharsets.UTF_8))
                .isEqualTo(Json.MAPPER.writeValueAsString(whole));
    }

    @Test
    void everyCharacterOfTheFirstPlaneIsWrittenAsJacksonWritesIt() throws JsonProcessingException {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            JsonNode text = Surrogates.repaired((JsonNode) TextNode.valueOf("a" + (char) c + "b"));
            assertThat(JsonBytes.of(TextNode.valueOf("a" + (char) c + "b")))
                    .as("U+%04X", c)
                    .isEqualTo(Json.MAPPER.writeValueAsBytes(text));
        }
    }

    @Test
    void halfAPairBecomesTheReplacementCharacter() {
        assertThat(written("x\uD83D")).isEqualTo("\"x\uFFFD\"");
        assertThat(written("\uDE00x")).isEqualTo("\"\uFFFDx\"");
        assertThat(written("\uD83D\uD83D\uDE00")).isEqualTo("\"\uFFFD\uD83D\uDE00\"");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(80),
                Arbitraries.strings()
                        .withChars("\"\\/\b\t\n\f\r\u0000\u001F\u007F\u0080\u07FF\u0800\uD800\uDBFF\uDC00\uDFFF\uFFFF")
                        .ofMaxLength(40),
                Arbitraries.strings().ascii().ofMinLength(200).ofMaxLength(700));
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return trees(2);
    }

    private Arbitrary<JsonNode> trees(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                texts().<JsonNode>map(TextNode::valueOf),
                Arbitraries.integers().<JsonNode>map(NODES::numberNode),
                Arbitraries.longs().<JsonNode>map(NODES::numberNode),
                Arbitraries.doubles().<JsonNode>map(NODES::numberNode),
                Arbitraries.floats().<JsonNode>map(NODES::numberNode),
                Arbitraries.bigIntegers().<JsonNode>map((BigInteger value) -> NODES.numberNode(value)),
                Arbitraries.bigDecimals().<JsonNode>map((BigDecimal value) -> NODES.numberNode(value)),
                Arbitraries.of(true, false).<JsonNode>map(NODES::booleanNode),
                Arbitraries.just((JsonNode) NODES.nullNode()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).<JsonNode>map(NODES::binaryNode));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<JsonNode> inner = trees(depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inner.list().ofMaxSize(3).<JsonNode>map(all -> NODES.arrayNode().addAll(all)),
                Arbitraries.maps(texts(), inner).ofMaxSize(3).<JsonNode>map(all -> {
                    ObjectNode object = NODES.objectNode();
                    all.forEach((name, value) -> object.set(Surrogates.repaired(name), value));
                    return object;
                }));
    }

    private static String written(String text) {
        return new String(JsonBytes.of(TextNode.valueOf(text)), StandardCharsets.UTF_8);
    }
}
