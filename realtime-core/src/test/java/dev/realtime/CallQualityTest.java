package dev.realtime;

import static dev.realtime.CallSteps.ask;
import static dev.realtime.CallSteps.assertHeard;
import static dev.realtime.CallSteps.report;
import static dev.realtime.CallSteps.ring;
import static dev.realtime.CallSteps.talk;
import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients report of a call, and what becomes of it (CONTRACT 5.4). */
class CallQualityTest {
    private final TestNode node = new TestNode();
    private final TestClient pat = node.client("pat/patient");
    private final TestClient doc = node.client("doc/provider");

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({"packetsLost,50,51,high_packet_loss", "latency,400,400.5,high_latency", "jitter,50,50.01,high_jitter"})
    void whatIsTooMuchIsToldToTheOtherParty(String metric, String most, String tooMuch, String issue) {
        TestClient docsOther = node.client("doc/provider");
        String id = talk(pat, doc, "doc");
        assertThat(report(pat, id, "{'" + metric + "':" + most + "}")).isEqualTo(json("{'success':true}"));
        node.time.advance(Duration.ofMillis(120));
        String metrics = "{'" + metric + "':" + tooMuch + ",'x':null,'videoResolution':'640x480'}";
        report(pat, id, metrics);
        Payload heard = json(
                "{'callId':'%s','issue':'%s','metrics':%s,'timestamp':'2026-11-23T09:15:48.120Z'}",
                id, issue, metrics.replace('\'', '"'));
        assertThat(doc.next("call:qualityIssue")).isEqualTo(heard);
        assertThat(docsOther.next("call:qualityIssue")).isEqualTo(heard);
        assertHeard(doc, "call:qualityIssue", 1);
        assertHeard(pat, "call:qualityIssue", 0);
    }

    @Test
    void eachIssueIsToldOnceInTenSeconds() {
        String id = talk(pat, doc, "doc");
        report(pat, id, "{'latency':500}");
        node.time.advance(Duration.ofMillis(9_999));
        report(pat, id, "{'latency':500,'jitter':60}");
        report(doc, id, "{'latency':500}");
        assertThat(List.of(text(doc.next("call:qualityIssue"), "issue"), text(doc.next("call:qualityIssue"), "issue")))
                .containsExactly("high_latency", "high_jitter");
        assertHeard(pat, "call:qualityIssue", 0);
        node.time.advance(Duration.ofMillis(1));
        report(doc, id, "{'latency':500,'jitter':60}");
        assertThat(text(pat.next("call:qualityIssue"), "issue")).isEqualTo("high_latency");
        assertHeard(pat, "call:qualityIssue", 1);
        assertHeard(doc, "call:qualityIssue", 2);
    }

    @Test
    void severalIssuesOfOneReportAreToldOneByOne() {
        String id = talk(pat, doc, "doc");
        report(pat, id, "{'latency':500,'jitter':60,'packetsLost':99}");
        assertThat(List.of(
                        text(doc.next("call:qualityIssue"), "issue"),
                        text(doc.next("call:qualityIssue"), "issue"),
                        text(doc.next("call:qualityIssue"), "issue")))
                .containsExactlyInAnyOrder("high_latency", "high_jitter", "high_packet_loss");
    }

    @Test
    void theRecordSumsUpTheReportsOfBoth() {
        String id = talk(pat, doc, "doc");
        report(pat, id, "{'packetsLost':51,'latency':100,'bitrate':1000}");
        report(doc, id, "{'packetsLost':7,'latency':201,'jitter':3.5}");
        report(doc, id, "{'latency':201,'audioLevel':0.5,'frameRate':30}");
        ask(pat, "call:end", id);
        assertThat(quality())
                .isEqualTo(json("{'reports':3,'maxPacketsLost':51,'avgLatency':167.33,'maxLatency':201,'avgJitter':3.5,"
                        + "'maxJitter':3.5,'avgBitrate':1000,'issues':['high_packet_loss']}"));
    }

    @Test
    void aReportOfNothingIsOneAllTheSame() {
        String id = ring(pat, "doc");
        report(pat, id, "{}");
        ask(pat, "call:end", id);
        assertThat(quality()).isEqualTo(json("{'reports':1,'issues':[]}"));
    }

    private Payload quality() {
        return doc.ask("call:history", "{}")
                .get("calls")
                .flatMap(calls -> calls.elements().get(0).get("quality"))
                .orElseThrow();
    }
}
