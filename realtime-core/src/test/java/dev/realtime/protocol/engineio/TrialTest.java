package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.EngineIoFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from polling to WebSocket. */
class TrialTest {
    private final PollingFixture http = new PollingFixture();

    @BeforeEach
    void open() {
        http.open();
    }

    @Test
    void aProbeIsAnsweredAndAHeldGetReleasedAtOnce() {
        TestExchange get = http.poll();
        Connection link = http.webSocket();
        assertThat(get.isAnswered()).isFalse();
        link.received(text("2probe"));
        assertThat(http.webSocket.texts()).containsExactly("3probe");
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text()).isEqualTo("6");
    }

    @Test
    void aGetAfterTheProbeIsHeldForATenthOfASecond() {
        http.webSocket().received(text("2probe"));
        TestExchange get = http.poll();
        http.io.advance(99);
        assertThat(get.isAnswered()).isFalse();
        http.io.advance(1);
        assertThat(get.text()).isEqualTo("6");
    }

    @Test
    void aGetThatIsHeldWhenTheClientGoesOverIsRefused() {
        Connection link = http.webSocket();
        link.received(text("2probe"));
        TestExchange get = http.poll();
        link.received(text("5"));
        assertThat(get.status()).isEqualTo(400);
        assertThat(get.text()).isEqualTo(PollingFixture.BAD_REQUEST);
        http.io.advance(100);
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void dataStillFlowsByPollingBetweenTheProbeAndTheEnd() {
        Connection link = http.webSocket();
        link.received(text("2probe"));
        TestExchange get = http.poll();
        http.write("4a");
        assertThat(get.text()).isEqualTo("4a");
        assertThat(http.post("4b").text()).isEqualTo("ok");
        assertThat(http.io.upper.received).extracting(Frame::text).containsExactly("4b");
        assertThat(http.webSocket.texts()).containsExactly("3probe");
    }

    @Test
    void whatWaitsGoesOutOnTheWebSocketInOrder() {
        Connection link = http.webSocket();
        link.received(text("2probe"));
        http.io.advance(300);
        RecordingCompletion done = http.write("4a", "4b");
        link.received(text("5"));
        http.write("4c");
        assertThat(http.webSocket.texts()).containsExactly("3probe", "2", "4a", "4b", "4c");
        assertThat(done.written).isOne();
        link.received(text("3"));
        link.received(text("4up"));
        assertThat(http.io.upper.received).extracting(Frame::text).containsExactly("4up");
        http.io.advance(299);
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void nothingIsWrittenBeforeTheAnswerToTheProbeIsOut() {
        http.webSocket.hold();
        Connection link = http.webSocket();
        link.received(text("2probe"));
        RecordingCompletion done = http.write("4a");
        link.received(text("5"));
        assertThat(http.webSocket.writes).hasSize(1);
        http.webSocket.complete();
        assertThat(http.webSocket.lastWrite()).containsExactly("4a");
        assertThat(done.written).isZero();
        http.webSocket.complete();
        assertThat(done.written).isOne();
    }

    @Test
    void aCloseGoesBehindAWriteThatWaitsForTheProbe() {
        http.webSocket.hold();
        Connection link = http.webSocket();
        link.received(text("2probe"));
        http.write("4bye");
        link.received(text("5"));
        http.io.upper.transport().close(CloseReason.DRAINING);
        assertThat(http.webSocket.ends).isEmpty();
        http.webSocket.complete();
        http.webSocket.complete();
        assertThat(http.webSocket.texts()).containsExactly("3probe", "4bye");
        assertThat(http.webSocket.ends).containsExactly("close DRAINING");
    }

    @Test
    void aSessionThatWentOverIsNotPolledAnyMore() {
        http.upgraded();
        assertThat(http.poll().text()).isEqualTo(PollingFixture.BAD_REQUEST);
        assertThat(http.post("4x").text()).isEqualTo(PollingFixture.BAD_REQUEST);
        assertThat(http.io.upper.received).isEmpty();
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void goingOverWithoutAProbeIsAsGood() {
        Connection link = http.webSocket();
        link.received(text("5"));
        http.write("4a");
        assertThat(http.webSocket.texts()).containsExactly("4a");
        assertThat(http.io.upper.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4early", "2", "2other", "3", "1", "6", "", "5x", "x"})
    void anythingElseOnTrialClosesThatWebSocketOnly(String packet) {
        Connection link = http.webSocket();
        link.received(text(packet));
        assertThat(http.webSocket.ends).containsExactly("close BAD_FRAME");
        assertThat(http.io.upper.received).isEmpty();
        assertThat(http.io.upper.closed).isEmpty();
        link.received(text("5"));
        link.closed(CloseReason.NORMAL);
        assertThat(http.io.upper.closed).isEmpty();
        http.write("4a");
        assertThat(http.poll().text()).isEqualTo("4a");
        assertThat(http.io.time.waiting()).isOne();
    }

    @Test
    void aBinaryFrameOrASecondProbeOnTrialClosesThatWebSocketOnly() {
        Connection first = http.webSocket();
        first.received(Frame.binary(new byte[] {1}));
        assertThat(http.webSocket.ends).containsExactly("close BAD_FRAME");
        first.closed(CloseReason.NORMAL);
        RecordingTransport second = new RecordingTransport();
        Connection link = http.webSocket(second);
        link.received(text("2probe"));
        link.received(text("2probe"));
        assertThat(second.texts()).containsExactly("3probe");
        assertThat(second.ends).containsExactly("close BAD_FRAME");
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void aWebSocketThatIsGivenUpAndDoesNotGoIsCut() {
        Connection link = http.webSocket();
        link.received(text("4early"));
        keepAlive(5000);
        assertThat(http.webSocket.ends).containsExactly("close BAD_FRAME", "terminate");
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void aTrialThatTakesTooLongIsGivenUpAndMayBeRepeated() {
        http.webSocket().received(text("2probe"));
        keepAlive(999);
        assertThat(http.webSocket.ends).isEmpty();
        keepAlive(1);
        assertThat(http.webSocket.ends).containsExactly("close TIMEOUT");
        assertThat(http.io.upper.closed).isEmpty();
        assertThat(http.poll().isAnswered()).isFalse();
        RecordingTransport second = new RecordingTransport();
        Connection link = http.webSocket(second);
        link.received(text("2probe"));
        link.received(text("5"));
        http.write("4a");
        assertThat(second.texts()).containsExactly("3probe", "4a");
    }

    @Test
    void aLostTrialLeavesTheSessionWhereItIs() {
        Connection link = http.webSocket();
        link.received(text("2probe"));
        link.closed(CloseReason.LOST);
        TestExchange get = http.poll();
        http.io.advance(200);
        assertThat(get.isAnswered()).isFalse();
        http.write("4a");
        assertThat(get.text()).isEqualTo("4a");
        assertThat(http.io.upper.closed).isEmpty();
        assertThat(http.io.time.waiting()).isOne();
    }

    @Test
    void aSecondWebSocketOnTrialIsClosedAndTheFirstGoesOn() {
        Connection first = http.webSocket();
        first.received(text("2probe"));
        RecordingTransport second = new RecordingTransport();
        assertThat(http.isAlive()).isTrue();
        http.webSocket(second);
        assertThat(second.ends).containsExactly("close NORMAL");
        first.received(text("5"));
        http.write("4a");
        assertThat(http.webSocket.texts()).containsExactly("3probe", "4a");
    }

    @Test
    void aSecondWebSocketAfterTheUpgradeIsClosedAndTheFirstGoesOn() {
        http.upgraded();
        RecordingTransport second = new RecordingTransport();
        assertThat(http.isAlive()).isTrue();
        http.webSocket(second).received(text("5"));
        assertThat(second.ends).containsExactly("close NORMAL");
        http.write("4a");
        assertThat(http.webSocket.texts()).endsWith("4a");
        assertThat(http.webSocket.ends).isEmpty();
    }

    @Test
    void aSessionClosesOneWebSocketAtATimeAndCutsTheOthers() {
        http.webSocket().received(text("2probe"));
        RecordingTransport second = new RecordingTransport();
        RecordingTransport third = new RecordingTransport();
        RecordingTransport fourth = new RecordingTransport();
        Connection closing = http.webSocket(second);
        http.webSocket(third).closed(CloseReason.LOST);
        assertThat(second.ends).containsExactly("close NORMAL");
        assertThat(third.ends).containsExactly("terminate");
        closing.closed(CloseReason.NORMAL);
        http.webSocket(fourth);
        assertThat(fourth.ends).containsExactly("close NORMAL");
        assertThat(http.webSocket.ends).isEmpty();
    }

    @Test
    void aTrialThatIsGivenUpWhileAnotherCloseIsUnderWayIsCut() {
        http.webSocket().received(text("bad"));
        RecordingTransport second = new RecordingTransport();
        http.webSocket(second).received(text("bad"));
        assertThat(http.webSocket.ends).containsExactly("close BAD_FRAME");
        assertThat(second.ends).containsExactly("terminate");
        assertThat(http.isAlive()).isTrue();
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void theFirstWebSocketOfASessionIsExpectedAndAnyOtherIsOneMoreConnection() {
        http.io.upper.refusal = Optional.of(new Refusal(429, "{}", CloseReason.RATE));
        assertThat(http.isAlive()).isTrue();
        assertThat(http.io.upper.refuseCalls).isOne();
        Connection link = http.webSocket();
        assertThat(http.isAlive()).isFalse();
        link.closed(CloseReason.LOST);
        assertThat(http.isAlive()).isFalse();
        assertThat(http.io.upper.refuseCalls).isEqualTo(3);
        http.io.upper.refusal = Optional.empty();
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void aSessionThatEndsOnTrialClosesBoth() {
        http.webSocket().received(text("2probe"));
        TestExchange get = http.poll();
        http.io.upper.transport().close(CloseReason.DRAINING);
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.webSocket.ends).containsExactly("close DRAINING");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.DRAINING);
    }

    @Test
    void aSessionThatIsCutOnTrialClosesBoth() {
        http.webSocket();
        http.io.upper.transport().terminate();
        assertThat(http.webSocket.ends).containsExactly("close NORMAL");
    }

    @Test
    void goingOverWithAPostUnderWayEndsTheSession() {
        Connection link = http.webSocket();
        link.received(text("2probe"));
        TestExchange post = http.ask(http.of("POST"));
        link.received(text("5"));
        assertThat(post.status()).isEqualTo(400);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
        assertThat(http.webSocket.ends).isNotEmpty();
        link.received(text("4late"));
        assertThat(http.io.upper.received).isEmpty();
    }

    @Test
    void theEndOfTheWebSocketEndsASessionThatWentOver() {
        Connection link = http.upgraded();
        link.closed(CloseReason.LOST);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(http.isAlive()).isFalse();
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aSessionThatWentOverClosesAndIsCutLikeAnyOther() {
        http.upgraded();
        http.io.upper.transport().close(CloseReason.SLOW_CONSUMER);
        assertThat(http.webSocket.ends).containsExactly("close SLOW_CONSUMER");
        http.io.advance(5000);
        assertThat(http.webSocket.ends).containsExactly("close SLOW_CONSUMER", "terminate");
    }

    @Test
    void aBadFrameAfterTheUpgradeEndsTheSession() {
        http.upgraded().received(text("7"));
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
        assertThat(http.webSocket.ends).containsExactly("close BAD_FRAME");
    }

    @Test
    void aFailedWriteAfterTheUpgradeEndsTheSession() {
        http.upgraded();
        http.webSocket.hold();
        RecordingCompletion done = http.write("4a");
        http.webSocket.fail();
        assertThat(done.failed).isOne();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
    }

    @Test
    void aProbeThatCannotBeAnsweredLeavesTheSessionWhereItIs() {
        http.webSocket.hold();
        http.webSocket().received(text("2probe"));
        http.webSocket.fail();
        assertThat(http.webSocket.ends).containsExactly("terminate");
        assertThat(http.io.upper.closed).isEmpty();
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void anAnswerThatFailsAfterTheUpgradeIsOfNoMatter() {
        TestExchange get = http.ask(http.of("GET").holding());
        http.write("4a");
        http.upgraded();
        get.lost();
        assertThat(http.io.upper.closed).isEmpty();
        http.write("4b");
        assertThat(http.webSocket.texts()).endsWith("4b");
    }

    @Test
    void thePongIsDueAcrossTheUpgrade() {
        TestExchange get = http.poll();
        http.io.advance(300);
        assertThat(get.text()).isEqualTo("2");
        http.upgraded();
        http.io.advance(200);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(http.webSocket.ends).containsExactly("terminate");
    }

    /** Moves time while the client answers its pings; then it fetches what waits. */
    private void keepAlive(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            http.io.advance(Math.min(100, left));
            http.post("3");
        }
        TestExchange get = http.poll();
        if (!get.isAnswered()) {
            http.write("4keep");
        }
    }
}
