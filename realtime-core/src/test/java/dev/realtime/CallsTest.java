package dev.realtime;

import static dev.realtime.TestNode.json;
import static dev.realtime.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call from its first ring to its record, as clients see it (CONTRACT 5.1, 5.2). */
class CallsTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aCallIsTakenAndEnded() {
        node.visit("v1", "pat", "doc");
        TestClient pat = node.client("pat/patient");
        TestClient doc = node.client("doc/provider");
        Payload ringing = pat.ask(
                "call:initiate",
                "{\"recipientId\":\"doc\",\"callType\":\"video\",\"visitId\":\"v1\",\"metadata\":{\"a\":1,\"b\":null}}");
        String id = text(ringing, "callId");
        assertThat(ringing).isEqualTo(json("{'success':true,'callId':'%s','status':'ringing'}", id));
        assertThat(doc.next("call:incoming"))
                .isEqualTo(json(
                        "{'callId':'%s','callerId':'pat','callerRole':'patient','visitId':'v1','callType':'video',"
                                + "'timestamp':'2026-11-23T09:15:48.000Z','metadata':{'a':1,'b':null}}",
                        id));
        node.time.advance(Duration.ofMillis(3_004));
        assertThat(doc.ask("call:accept", "{\"callId\":\"" + id + "\"}"))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'accepted'}", id));
        assertThat(pat.next("call:accepted"))
                .isEqualTo(json("{'callId':'%s','recipientId':'doc','timestamp':'2026-11-23T09:15:51.004Z'}", id));
        assertThat(pat.ask(
                        "call:signal",
                        "{\"callId\":\"" + id + "\",\"signal\":{\"sdp\":null},\"signalType\":\"offer\"}"))
                .isEqualTo(json("{'success':true}"));
        assertThat(doc.next("call:signal"))
                .isEqualTo(json(
                        "{'callId':'%s','senderId':'pat','signal':{'sdp':null},'signalType':'offer',"
                                + "'timestamp':'2026-11-23T09:15:51.004Z'}",
                        id));
        node.time.advance(Duration.ofMinutes(5));
        assertThat(pat.ask("call:end", "{\"callId\":\"" + id + "\"}"))
                .isEqualTo(json("{'success':true,'callId':'%s','status':'ended','duration':300}", id));
        assertThat(doc.next("call:ended"))
                .isEqualTo(json(
                        "{'callId':'%s','endedBy':'pat','duration':300,'timestamp':'2026-11-23T09:20:51.004Z'}", id));
        assertThat(doc.ask("call:history", "{}"))
                .isEqualTo(json(
                        "{'success':true,'calls':[{'callId':'%s','callerId':'pat','recipientId':'doc','visitId':'v1',"
                                + "'callType':'video','status':'ended','startedAt':'2026-11-23T09:15:48.000Z',"
                                + "'answeredAt':'2026-11-23T09:15:51.004Z','endedAt':'2026-11-23T09:20:51.004Z',"
                                + "'duration':300,'endedBy':'pat'}],'hasMore':false}",
                        id));
    }
}
