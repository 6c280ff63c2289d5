package dev.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.engine.Incoming;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import dev.realtime.session.Session;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Handshake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void presentFieldsAreReadAsTheirTypes() {
        Fields fields =
                fields("{'text':'','id':'a:b','number':-7.9,'texts':['a',''],'object':{'inner':'x'},'flag':true,"
                        + "'unknown':[{}]}");
        assertThat(fields.text("text")).hasValue("");
        assertThat(fields.requiredId("id", RoomId::new)).isEqualTo(new RoomId("a:b"));
        assertThat(fields.number("number")).hasValue(-7);
        assertThat(fields.flag("flag")).isTrue();
        assertThat(fields.texts("texts")).hasValue(List.of("a", ""));
        assertThat(fields.object("object")).hasValue(Payload.parse("{\"inner\":\"x\"}"));
        assertThat(fields.within("object").flatMap(inner -> inner.text("inner")))
                .hasValue("x");
    }

    @Test
    void fractionsMomentsWordsAndAnythingAreRead() {
        Fields fields = fields("{'number':-7.9,'at':'2026-11-23T10:15:48+01:00','word':'b','any':[null]}");
        assertThat(fields.decimal("number")).hasValue(-7.9);
        assertThat(fields.moment("at")).hasValue(Instant.parse("2026-11-23T09:15:48Z"));
        assertThat(fields.choice("word", Map.of("a", 1, "b", 2))).hasValue(2);
        assertThat(fields.any("any")).hasValue(Payload.parse("[null]"));
        assertThat(fields.decimal("x")).isEmpty();
        assertThat(fields.moment("x")).isEmpty();
        assertThat(fields.choice("x", Map.of("a", 1))).isEmpty();
        assertThat(fields.any("x")).isEmpty();
        assertRefused("word", () -> fields.choice("word", Map.of("B", 1)));
        assertRefused("word", () -> fields.moment("word"));
        assertRefused("word", () -> fields.decimal("word"));
    }

    @Test
    void absentAndNullAreTheSame() {
        for (String json : List.of("{}", "{'a':null}")) {
            Fields fields = fields(json);
            assertThat(fields.text("a")).isEmpty();
            assertThat(fields.id("a", UserId::new)).isEmpty();
            assertThat(fields.number("a")).isEmpty();
            assertThat(fields.flag("a")).isFalse();
            assertThat(fields.texts("a")).isEmpty();
            assertThat(fields.object("a")).isEmpty();
            assertThat(fields.within("a")).isEmpty();
            assertRefused("a", () -> fields.requiredId("a", UserId::new));
        }
    }

    @Test
    void anotherTypeIsRefusedByTheFieldsName() {
        for (String value : List.of("7", "true", "[]", "{}")) {
            assertRefused("a", () -> fields("{'a':" + value + "}").text("a"));
        }
        for (String value : List.of("'true'", "1", "[true]", "{}")) {
            assertRefused("a", () -> fields("{'a':" + value + "}").flag("a"));
        }
        for (String value : List.of("'7'", "true", "[7]", "{}")) {
            assertRefused("a", () -> fields("{'a':" + value + "}").number("a"));
        }
        for (String value : List.of("'x'", "7", "{}", "[7]", "['x',null]", "[['x']]")) {
            assertRefused("a", () -> fields("{'a':" + value + "}").texts("a"));
        }
        for (String value : List.of("'x'", "7", "[]", "false")) {
            assertRefused("a", () -> fields("{'a':" + value + "}").object("a"));
        }
        assertRefused("a", () -> fields("{'a':'not plain!'}").id("a", UserId::new));
    }

    @Test
    void aPayloadThatIsNoObjectIsRefused() {
        assertRefused("payload", () -> Fields.of(new Incoming(new NoSession(), Optional.empty())));
        for (String value : List.of("7", "'x'", "[]", "true")) {
            assertRefused("payload", () -> fields(value));
        }
    }

    @Test
    void binaryValuesAreRefusedWhereverTheyStand() {
        Payload nested = Payload.of(Map.of("deep", Map.of("list", List.of(1, new byte[] {1}))));
        assertRefused("deep", () -> Fields.of(new Incoming(new NoSession(), Optional.of(nested))));
        Payload direct = Payload.of(Map.of("a", new byte[0]));
        assertRefused("a", () -> Fields.of(new Incoming(new NoSession(), Optional.of(direct))));
    }

    private static Fields fields(String json) {
        return Fields.of(new Incoming(new NoSession(), Optional.of(Payload.parse(json.replace('\'', '"')))));
    }

    private static void assertRefused(String field, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private static final class NoSession implements Session {
        @Override
        public SessionId id() {
            return new SessionId("a".repeat(20));
        }

        @Override
        public Principal principal() {
            return new Principal(new UserId("ana"), "patient");
        }

        @Override
        public Handshake handshake() {
            return TestClient.handshake(Map.of());
        }

        @Override
        public Instant connectedAt() {
            return Instant.EPOCH;
        }

        @Override
        public void disconnect() {}
    }
}
