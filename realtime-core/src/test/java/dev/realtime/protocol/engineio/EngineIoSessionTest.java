package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.EngineIoFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineIoSessionTest {
    private final EngineIoFixture io = new EngineIoFixture();

    @Test
    void messagesGoUpAsTheyAre() {
        Connection link = io.open();
        Frame message = text("42[\"a\"]");
        Frame binary = Frame.binary(new byte[] {1, 2});
        link.received(message);
        link.received(binary);
        assertThat(io.upper.received).containsExactly(message, binary);
    }

    @Test
    void aBase64MessageGoesUpAsBinary() {
        Connection link = io.open();
        link.received(text("bAQIDBA=="));
        link.received(text("b"));
        assertThat(io.upper.received).extracting(Frame::isText).containsExactly(false, false);
        assertThat(io.upper.received.get(0).content()).containsExactly(1, 2, 3, 4);
        assertThat(io.upper.received.get(1).content()).isEmpty();
    }

    @Test
    void aBase64MessageMayHaveLineBreaks() {
        Connection link = io.open();
        link.received(text("bAQID\nBA==\n"));
        assertThat(io.upper.received.get(0).content()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0{\"sid\":\"x\"}", "5", "5x", "6", "3", "3probe"})
    void packetsWithoutAMeaningFromAClientAreIgnored(String packet) {
        Connection link = io.open();
        link.received(text(packet));
        assertThat(io.upper.received).isEmpty();
        assertThat(io.upper.closed).isEmpty();
        assertThat(io.carrier.ends).isEmpty();
        assertThat(io.knows(io.sid())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD_FRAME",
        "2, BAD_FRAME",
        "2probe, BAD_FRAME",
        "7, BAD_FRAME",
        "8x, BAD_FRAME",
        "9, BAD_FRAME",
        "abc, BAD_FRAME",
        "' 4x', BAD_FRAME",
        "B, BAD_FRAME",
        "é, BAD_FRAME",
        "bA, BAD_FRAME",
        "bAQI, BAD_FRAME",
        "bAQ-_, BAD_FRAME",
        "bAQ=, BAD_FRAME",
        "bA===, BAD_FRAME",
        "b====, BAD_FRAME",
        "'bAQ\r\nID', BAD_FRAME",
        "béééé, BAD_FRAME",
    })
    void packetsThatEndASession(String packet, CloseReason reason) {
        Connection link = io.open();
        String sid = io.sid();
        link.received(text(packet));
        assertThat(io.upper.closed).containsExactly(reason);
        assertThat(io.carrier.ends).containsExactly("close " + reason);
        assertThat(io.upper.received).isEmpty();
        assertThat(io.knows(sid)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1x"})
    void aCloseIsAnsweredAndALossToTheLayerAbove(String packet) {
        Connection link = io.open();
        link.received(text(packet));
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(io.carrier.ends).containsExactly("close NORMAL");
        assertThat(io.upper.received).isEmpty();
    }

    @Test
    void aCarrierThatIsClosedIsALossToTheLayerAbove() {
        io.open().closed(CloseReason.NORMAL);
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
    }

    @Test
    void nothingReachesTheLayerAboveAfterTheEnd() {
        Connection link = io.open();
        link.received(text("7"));
        link.received(text("4late"));
        link.received(text("7"));
        link.closed(CloseReason.LOST);
        assertThat(io.upper.received).isEmpty();
        assertThat(io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
        assertThat(io.carrier.ends).containsExactly("close BAD_FRAME");
        assertThat(io.time.waiting()).isZero();
    }

    @Test
    void sizesAreCountedInBytes() {
        Connection link = io.open();
        link.received(text("4" + "x".repeat(999)));
        link.received(text("4" + "€".repeat(333)));
        link.received(Frame.binary(new byte[1000]));
        assertThat(io.upper.received).hasSize(3);
        link.received(text("4" + "€".repeat(334)));
        assertThat(io.upper.received).hasSize(3);
        assertThat(io.upper.closed).containsExactly(CloseReason.TOO_LARGE);
        assertThat(io.carrier.ends).containsExactly("close TOO_LARGE");
    }

    @Test
    void aBinaryFrameAboveTheLimitEndsTheSession() {
        io.open().received(Frame.binary(new byte[1001]));
        assertThat(io.upper.closed).containsExactly(CloseReason.TOO_LARGE);
    }

    @Test
    void aLostConnectionIsToldOnceAndForgotten() {
        Connection link = io.open();
        String sid = io.sid();
        link.closed(CloseReason.LOST);
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(io.time.waiting()).isZero();
        assertThat(io.knows(sid)).isFalse();
        io.upper.transport().close(CloseReason.NORMAL);
        assertThat(io.upper.closed).hasSize(1);
    }

    @Test
    void theLayerAboveClosesAndHearsItOnce() {
        Connection link = io.open();
        String sid = io.sid();
        io.upper.transport().close(CloseReason.DRAINING);
        io.upper.transport().close(CloseReason.NORMAL);
        assertThat(io.carrier.ends).containsExactly("close DRAINING");
        assertThat(io.upper.closed).containsExactly(CloseReason.DRAINING);
        assertThat(io.knows(sid)).isFalse();
        link.closed(CloseReason.NORMAL);
        assertThat(io.upper.closed).hasSize(1);
        assertThat(io.time.waiting()).isZero();
    }

    @Test
    void aPeerThatDoesNotAnswerTheCloseIsCut() {
        io.open();
        io.upper.transport().close(CloseReason.SLOW_CONSUMER);
        io.advance(4999);
        assertThat(io.carrier.ends).containsExactly("close SLOW_CONSUMER");
        io.advance(1);
        assertThat(io.carrier.ends).containsExactly("close SLOW_CONSUMER", "terminate");
        assertThat(io.upper.closed).hasSize(1);
    }

    @Test
    void theLayerAboveMayCutAfterAClose() {
        io.open();
        io.upper.transport().close(CloseReason.SLOW_CONSUMER);
        io.upper.transport().terminate();
        assertThat(io.carrier.ends).containsExactly("close SLOW_CONSUMER", "terminate");
        assertThat(io.upper.closed).containsExactly(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void cuttingEndsTheSession() {
        io.open();
        String sid = io.sid();
        io.upper.transport().terminate();
        assertThat(io.carrier.ends).containsExactly("terminate");
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(io.knows(sid)).isFalse();
        assertThat(io.time.waiting()).isZero();
    }

    @Test
    void aCloseFromWithinACallIsToldWhenTheCallIsOver() {
        io.upper.onReceived = (transport, frame) -> {
            transport.close(CloseReason.UNAUTHENTICATED);
            assertThat(io.upper.closed).isEmpty();
        };
        Connection link = io.open();
        link.received(text("4x"));
        assertThat(io.upper.closed).containsExactly(CloseReason.UNAUTHENTICATED);
        link.received(text("4y"));
        assertThat(io.upper.received).hasSize(1);
    }

    @Test
    void aCloseFromWithinOpenIsToldWhenItIsOpen() {
        io.upper.onOpen = transport -> transport.close(CloseReason.DRAINING);
        Connection link = io.open();
        assertThat(io.upper.closed).containsExactly(CloseReason.DRAINING);
        link.received(text("4x"));
        assertThat(io.upper.received).isEmpty();
    }

    @Test
    void writesAfterTheEndFail() {
        io.open();
        io.upper.transport().close(CloseReason.NORMAL);
        RecordingCompletion completion = new RecordingCompletion();
        io.upper.transport().write(List.of(text("4x")), completion);
        assertThat(completion.failed).isOne();
        assertThat(io.carrier.texts()).hasSize(1);
    }

    @Property(tries = 300)
    void whateverArrivesAClosedSessionWasToldOnce(@ForAll List<String> packets) {
        EngineIoFixture session = new EngineIoFixture();
        Connection link = session.open();
        packets.forEach(packet -> link.received(text(packet)));
        assertThat(session.upper.closed).hasSizeLessThanOrEqualTo(1);
        assertThat(session.carrier.ends).hasSameSizeAs(session.upper.closed);
        link.closed(CloseReason.LOST);
        assertThat(session.upper.closed).hasSize(1);
        assertThat(session.time.waiting()).isZero();
    }
}
