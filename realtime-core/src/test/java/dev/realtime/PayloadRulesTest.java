package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadRulesTest {
    private static final String JOIN = "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}";

    private final TestNode node = new TestNode();
    private final TestClient ana = node.client("ana/patient");

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"%s\"]",
                "[\"%s\",null]",
                "[\"%s\",7]",
                "[\"%s\",true]",
                "[\"%s\",\"text\"]",
                "[\"%s\",[]]",
                "[\"%s\",null,{\"roomId\":\"chat:ana:ben\"}]"
            })
    void aPayloadThatIsNoObjectIsRefused(String form) {
        String[] events = {"room:join", "room:leave", "room:participants", "message:send", "message:history"};
        for (int i = 0; i < events.length; i++) {
            ana.send("42" + (500 + i) + form.replace("%s", events[i]));
            assertThat(ana.ack(500 + i))
                    .isEqualTo(json(
                            "{'success':false,'error':'Invalid payload','code':'invalid_payload','field':'payload'}"));
        }
    }

    @Test
    void theAckMayHaveTheNumberZeroOrTheGreatest() {
        for (long id : new long[] {0, 1, 9_007_199_254_740_991L}) {
            TestClient ben = node.client("ben/provider");
            ben.send("42" + id + "[\"room:join\"," + JOIN + "]");
            TestNode.assertSuccess(ben.ack(id));
        }
    }

    @Test
    void furtherArgumentsAndUnknownFieldsAreIgnored() {
        ana.send("427[\"room:join\",{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\",\"x\":[{}]},{\"a\":1},null,7]");
        TestNode.assertSuccess(ana.ack(7));
        ana.send("428[\"room:leave\",{\"roomId\":\"chat:ana:ben\"},\"where the ack would be\"]");
        TestNode.assertSuccess(ana.ack(8));
    }

    @Test
    void whereNobodyAsksNobodyIsAnswered() {
        ana.send("42[\"room:join\"," + JOIN + "]");
        ana.send("42[\"room:join\"]");
        ana.send("42[\"room:join\",{\"roomId\":\"user:x\",\"roomType\":\"chat\"},\"ack\"]");
        ana.send("42[\"nothing:such\"]");
        ana.settle();
        assertThat(ana.packets()).filteredOn(packet -> packet.startsWith("43")).hasSize(1);
        assertThat(ana.ask("room:participants", "{\"roomId\":\"chat:ana:ben\"}")
                        .get("participants")
                        .orElseThrow()
                        .elements())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"nothing\",{}]",
                "[\"room:joinn\",{}]",
                "[\"room:userJoined\",{}]",
                "[\"Room:join\",{}]",
                "[\"connected\",{}]",
                "[\"\",{}]",
                "[\"nothing\"]",
                "[42,{}]",
                "[\"\u00e4\\u0000\\\"\",null]"
            })
    void anEventNobodyHandlesIsUnknown(String packet) {
        ana.send("427" + packet);
        assertThat(ana.ack(7)).isEqualTo(json("{'success':false,'error':'Unknown event','code':'unknown_event'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting"})
    void theProtocolsOwnNamesCloseTheConnection(String name) {
        ana.send("42[\"" + name + "\",{}]");
        assertThat(ana.closed()).isEqualTo(CloseReason.BAD_FRAME);
    }

    @Test
    void deepJsonClosesAndAcceptableJsonDoesNot() {
        ana.send("427" + nested(32));
        assertThat(ana.ack(7).get("code").map(Payload::asText)).hasValue("unknown_event");
        ana.send("428" + nested(33));
        assertThat(ana.closed()).isEqualTo(CloseReason.BAD_FRAME);
    }

    @Test
    void eventsOfOneSessionAreHandledInTheirOrder() {
        for (int i = 0; i < 200; i++) {
            ana.send("42" + i + "[\"message:send\",{\"recipientId\":\"ben\",\"message\":\"" + i + "\"}]");
        }
        for (int i = 0; i < 200; i++) {
            Payload message = ana.ack(i).get("message").orElseThrow();
            assertThat(TestNode.text(message, "message")).isEqualTo(String.valueOf(i));
            assertThat(message.get("seq").map(Payload::asLong)).hasValue(i + 1L);
        }
        assertThat(ana.packets())
                .filteredOn(packet -> packet.startsWith("43"))
                .extracting(packet -> Integer.valueOf(packet.substring(2, packet.indexOf('['))))
                .isSorted();
    }

    @Test
    void roomIdsAreChecked() {
        for (String wrong :
                new String[] {"null", "7", "\"\"", "\"a b\"", "\"\u00e4\"", "\"" + "x".repeat(201) + "\""}) {
            for (String event : new String[] {"room:join", "room:leave", "room:participants"}) {
                assertThat(ana.ask(event, "{\"roomType\":\"chat\",\"roomId\":" + wrong + "}"))
                        .isEqualTo(json("{'success':false,'error':'Invalid payload','code':'invalid_payload',"
                                + "'field':'roomId'}"));
            }
        }
    }

    /** An event list in which arrays nest so deep, the list itself included. */
    private static String nested(int depth) {
        return "[\"x\"," + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "]";
    }
}
