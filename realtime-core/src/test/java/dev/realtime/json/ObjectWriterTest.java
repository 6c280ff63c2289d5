package dev.realtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectWriterTest {

    @Test
    void fieldsStandInTheOrderOfTheCalls() {
        Payload payload = Payload.object()
                .put("text", "tea")
                .put("number", 9007199254740993L)
                .put("yes", true)
                .put("present", Optional.of("here"))
                .put("absent", Optional.<String>empty())
                .put("value", Payload.parse("{\"a\":[1,2]}"))
                .put("after", 1)
                .put("list", List.of(Payload.of(1), Payload.parse("{}"), Payload.parse("null")))
                .putTexts("texts", List.of("a", "b"))
                .end();
        assertThat(payload.toString())
                .isEqualTo("{\"text\":\"tea\",\"number\":9007199254740993,\"yes\":true,\"present\":\"here\","
                        + "\"value\":{\"a\":[1,2]},\"after\":1,\"list\":[1,{},null],\"texts\":[\"a\",\"b\"]}");
        assertThat(payload.hasBinary()).isFalse();
    }

    @Test
    void anObjectIsWrittenForEachOfMany() {
        Payload payload = Payload.object()
                .putEach(
                        "people",
                        List.of("ana", "ben"),
                        (object, name) -> object.put("name", name).put("length", name.length()))
                .putEach("nobody", List.<String>of(), (object, name) -> object.put("name", name))
                .putEach("empty", List.of(1, 2), (object, number) -> {})
                .put("after", true)
                .end();
        assertThat(payload.toString())
                .isEqualTo("{\"people\":[{\"name\":\"ana\",\"length\":3},{\"name\":\"ben\",\"length\":3}],"
                        + "\"nobody\":[],\"empty\":[{},{}],\"after\":true}");
    }

    @Test
    void anyNameIsWrittenAsItWouldBeRead() {
        for (String name :
                List.of("plain", "with \"quotes\"", "back\\slash", "\u00fcber", "\ud83c\udf75", "", "a\nb")) {
            Payload payload = Payload.object().put(name, 1).put("after", name).end();
            assertThat(Payload.parse(payload.toString()).names()).containsExactly(name, "after");
        }
    }

    @Test
    void moreNamesThanAreRememberedAreWrittenAllTheSame() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(Payload.object().put("name-" + i, i).end().toString())
                    .isEqualTo("{\"name-" + i + "\":" + i + "}");
        }
    }

    @Test
    void knownTextIsWrittenAsItIs() {
        assertThat(Payload.object()
                        .putPlain("id", "chat:a:b")
                        .putPlain("none", "")
                        .end()
                        .toString())
                .isEqualTo("{\"id\":\"chat:a:b\",\"none\":\"\"}");
    }

    @Test
    void emptyThingsAreWrittenWhole() {
        assertThat(Payload.object().end().toString()).isEqualTo("{}");
        assertThat(Payload.object()
                        .put("none", List.<Payload>of())
                        .putTexts("texts", List.of())
                        .put("object", Payload.emptyObject())
                        .put("text", "")
                        .end()
                        .toString())
                .isEqualTo("{\"none\":[],\"texts\":[],\"object\":{},\"text\":\"\"}");
    }

    @Test
    void nestedObjectsKeepTheirBytes() {
        Payload inner =
                Payload.object().put("deep", Payload.object().put("x", 1).end()).end();
        assertThat(Payload.object().put("a", inner).put("b", inner).end().toString())
                .isEqualTo("{\"a\":{\"deep\":{\"x\":1}},\"b\":{\"deep\":{\"x\":1}}}");
    }

    @Test
    void aValueLargerThanAnyBufferIsWrittenInItsPlace() {
        Payload large = Payload.of("x".repeat(100_000));
        Payload written =
                Payload.object().put("a", 1).put("b", large).put("c", 2).end();
        assertThat(written).isEqualTo(Payload.of(Map.of("a", 1, "b", "x".repeat(100_000), "c", 2)));
    }

    @Test
    void textIsEscapedAndHalfSurrogatePairsAreReplaced() {
        assertThat(Payload.object()
                        .put("a", "\"\\\n\u0000é😀\ud83d")
                        .putTexts("b", List.of("\ude00"))
                        .end()
                        .toString())
                .isEqualTo("{\"a\":\"\\\"\\\\\\n\\u0000é😀\uFFFD\",\"b\":[\"\uFFFD\"]}");
    }

    @Test
    void whatWasWrittenCanBeRead() {
        Payload payload = Payload.object().put("a", List.of(Payload.of("x"))).end();
        assertThat(payload.get("a").orElseThrow().elements()).containsExactly(Payload.of("x"));
    }
}
