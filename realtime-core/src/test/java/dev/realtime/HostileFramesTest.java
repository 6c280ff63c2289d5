package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFramesTest {
    private static final String[] PIECES = {
        "4",
        "2",
        "0",
        "1",
        "3",
        "5",
        "6",
        "9",
        "42",
        "40",
        "41",
        "43",
        "45",
        "451-",
        "b",
        "bAAAA",
        "/",
        "/api,",
        ",",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "\"room:join\"",
        "\"message:send\"",
        "\"disconnect\"",
        "{\"token\":\"eve/patient\"}",
        "null",
        "1e999",
        "-",
        "\\ud800",
        "\u0000",
        "\ud83d",
        "{\"_placeholder\":true,\"num\":0}",
        "99999999999999999999",
        "{\"roomId\":\"chat:eve:x\",\"roomType\":\"chat\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    };

    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "4",
                "49",
                "44{}",
                "42",
                "42[]",
                "42{}",
                "42[",
                "42[null]",
                "42[{}]",
                "42[\"a\"",
                "42[\"a\"]x",
                "40[]",
                "40{",
                "41x",
                "2",
                "4",
                "45[\"a\"]",
                "450-[\"a\"]",
                "4511-[\"a\"]",
                "451-x",
                "429007199254740992[\"a\"]",
                "bA"
            })
    void aFrameThatIsNotOfTheProtocolCostsItsConnection(String frame) {
        TestClient eve = node.client("eve/patient");
        TestClient ana = node.client("ana/patient");
        eve.send(frame);
        assertThat(eve.closed()).isEqualTo(CloseReason.BAD_FRAME);
        TestNode.assertSuccess(ana.ask("room:leave", "{\"roomId\":\"x\"}"));
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
    }

    @Test
    void aFrameBeyondTheLimitCostsItsConnection() {
        TestClient eve = node.client("eve/patient");
        eve.send("42[\"" + "x".repeat(1_000_000) + "\"]");
        assertThat(eve.closed()).isEqualTo(CloseReason.TOO_LARGE);
    }

    @Test
    void randomFramesHurtNobodyElse() {
        Random random = Races.random();
        TestClient ana = node.clientIn("chat:ana:ben", "ana/patient");
        for (int round = 0; round < 1_500; round++) {
            TestClient eve = round % 3 == 0 ? node.open() : node.client("eve/patient");
            for (int i = 0; i < 6 && !eve.isClosed(); i++) {
                eve.send(frame(random));
            }
            eve.lose();
        }
        TestNode.assertSuccess(ana.ask("message:send", "{\"roomId\":\"chat:ana:ben\",\"message\":\"well\"}"));
        assertThat(node.realtime.sessions().count()).isEqualTo(1);
    }

    private static Frame frame(Random random) {
        if (random.nextInt(8) == 0) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return Frame.binary(bytes);
        }
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "4");
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return Frame.text(text.toString());
    }
}
