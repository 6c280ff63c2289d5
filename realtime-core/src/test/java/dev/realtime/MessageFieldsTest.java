package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of {@code message:send} at its bound and beyond it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageFieldsTest {
    private final TestNode node = new TestNode();
    private final TestClient ana = node.client("ana/patient");

    @BeforeAll
    void enterVisit() {
        node.visit("v".repeat(190), "ana", "ben");
    }

    @AfterAll
    void close() {
        node.close();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aFieldThatIsWrongIsRefusedByItsName(String payload, String error, String code, String field) {
        String tail = field.isEmpty() ? "" : ",'field':'" + field + "'";
        assertThat(ana.ask("message:send", payload.replace('\'', '"')))
                .isEqualTo(json("{'success':false,'error':'%s','code':'%s'" + tail + "}", error, code));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aFieldAtItsBoundIsAccepted(String payload) {
        Payload ack = ana.ask("message:send", payload.replace('\'', '"'));
        assertThat(ack.get("success").map(Payload::asBoolean))
                .as(ack.toString())
                .hasValue(true);
    }

    static Stream<Arguments> refused() {
        String noText = "Message content is required";
        String noTarget = "Either roomId, recipientId, or visitId is required";
        return Stream.of(
                        Stream.of(
                                        "{}",
                                        "{'message':null}",
                                        "{'recipientId':'ben','message':''}",
                                        "{'recipientId':'ben','message':' \\n\\t '}",
                                        "{'recipientId':'ben'}")
                                .map(payload -> Arguments.of(payload, noText, "missing_field", "")),
                        Stream.of("{'message':'a'}", "{'message':'a','roomId':null,'recipientId':null,'visitId':null}")
                                .map(payload -> Arguments.of(payload, noTarget, "missing_field", "")),
                        List.of(
                                        List.of("message", "7"),
                                        List.of("message", "true"),
                                        List.of("message", "{}"),
                                        List.of("message", "['a']"),
                                        List.of("message", "'" + "x".repeat(10_001) + "'"),
                                        List.of("message", "'a\\u0000b'"),
                                        List.of("roomId", "7"),
                                        List.of("roomId", "''"),
                                        List.of("roomId", "'a b'"),
                                        List.of("roomId", "'chat:ana:" + "x".repeat(192) + "'"),
                                        List.of("recipientId", "[]"),
                                        List.of("recipientId", "''"),
                                        List.of("recipientId", "'a:b'"),
                                        List.of("recipientId", "'" + "x".repeat(97) + "'"),
                                        List.of("visitId", "{}"),
                                        List.of("visitId", "'a:b'"),
                                        List.of("visitId", "'" + "x".repeat(191) + "'"),
                                        List.of("attachments", "'u'"),
                                        List.of("attachments", "{}"),
                                        List.of("attachments", "[7]"),
                                        List.of("attachments", "['u',null]"),
                                        List.of("attachments", "['" + "x".repeat(2_049) + "']"),
                                        List.of("attachments", "[" + "'u',".repeat(20) + "'u']"),
                                        List.of("metadata", "[]"),
                                        List.of("metadata", "'text'"),
                                        List.of("metadata", "{'a':'" + "x".repeat(4_096 - 7) + "'}"),
                                        List.of("metadata", "{'a':'" + "\u00e4".repeat(2_045) + "'}"),
                                        List.of("clientMessageId", "7"),
                                        List.of("clientMessageId", "''"),
                                        List.of("clientMessageId", "'" + "x".repeat(65) + "'"),
                                        List.of("clientMessageId", "'\u00e4'"),
                                        List.of("clientMessageId", "'a\\nb'"))
                                .stream()
                                .map(field -> Arguments.of(
                                        with(field.get(0), field.get(1)),
                                        "Invalid payload",
                                        "invalid_payload",
                                        field.get(0))),
                        Stream.of(Arguments.of(
                                with("metadata", "{'clientMessageId':''}"),
                                "Invalid payload",
                                "invalid_payload",
                                "clientMessageId")))
                .flatMap(each -> each);
    }

    static Stream<String> accepted() {
        return Stream.of(
                with("message", "'" + "x".repeat(10_000) + "'"),
                with("message", "'\ud83d\ude00'"),
                with("attachments", "[" + "'u',".repeat(19) + "'u']"),
                with("attachments", "['" + "x".repeat(2_048) + "','']"),
                with("metadata", "{'a':'" + "x".repeat(4_096 - 8) + "'}"),
                with("metadata", "{'a':{'b':[1,null,{'c':1.5e300}]}}"),
                with("clientMessageId", "'" + "x".repeat(64) + "'"),
                with("clientMessageId", "' ~'"),
                with("recipientId", "'" + "x".repeat(96) + "'"),
                with("visitId", "'" + "v".repeat(190) + "'"),
                with("unknown", "{'deep':[]}"),
                "{'visitId':'" + "v".repeat(190) + "','message':'a'}",
                "{'roomId':'chat:ana:" + "x".repeat(191) + "','message':'a'}");
    }

    /** A message that is well but for this field. */
    private static String with(String field, String value) {
        String message = field.equals("message") ? "" : "'message':'a',";
        String target = field.equals("recipientId") ? "" : "'recipientId':'ben',";
        return "{" + message + target + "'" + field + "':" + value + "}";
    }
}
