package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aClientThatClosesIsAnsweredAndEndsNormally() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            client.send(RawSocket.masked(0x88, RawSocket.closeContent(1000)));
            assertThat(client.nextFrame().closeCode()).isEqualTo(1000);
            client.awaitEnd();
            assertEndedOnceAs(line, CloseReason.NORMAL);
        }
    }

    @Test
    void anEmptyCloseFrameIsOrderly() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            client.send(RawSocket.masked(0x88, new byte[0]));
            assertThat(client.nextFrame().first()).isEqualTo(0x88);
            assertEndedOnceAs(line, CloseReason.NORMAL);
        }
    }

    @Test
    void aResetIsALostConnection() throws Exception {
        RawSocket client = running.connected();
        Echo.Line line = running.echo.next();
        client.reset();
        assertEndedOnceAs(line, CloseReason.LOST);
    }

    @Test
    void anEndOfStreamWithoutCloseIsALostConnection() throws Exception {
        RawSocket client = running.connected();
        Echo.Line line = running.echo.next();
        client.close();
        assertEndedOnceAs(line, CloseReason.LOST);
    }

    @Test
    void terminateEndsAtOnceAndOnce() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            line.transport.terminate();
            line.transport.terminate();
            client.awaitEnd();
            assertEndedOnceAs(line, CloseReason.LOST);
        }
    }

    @Test
    void ourCloseCodeArrivesBehindWhatWasSentAndNothingFollows() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            line.send(Frame.text("last words"));
            line.transport.close(CloseReason.DRAINING);
            line.transport.close(CloseReason.SLOW_CONSUMER);
            line.send(Frame.text("too late"));
            assertThat(client.nextFrame().text()).isEqualTo("last words");
            RawSocket.Received close = client.nextFrame();
            assertThat(close.closeCode()).isEqualTo(4503);
            assertThat(close.text()).endsWith("draining");
            assertThat(line.failures.poll(20, TimeUnit.SECONDS)).isNotNull();
            client.send(RawSocket.masked(0x88, RawSocket.closeContent(4503)));
            client.awaitEnd();
            assertThat(line.end()).isNotNull();
            await().until(() -> running.timers.waiting() == 0);
        }
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsCutAfterFiveSeconds() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            line.transport.close(CloseReason.TIMEOUT);
            assertThat(client.nextFrame().closeCode()).isEqualTo(4408);
            running.timers.advance(Duration.ofMillis(4_999));
            assertThat(line.ends).isEmpty();
            running.timers.advance(Duration.ofMillis(1));
            client.awaitEnd();
            assertEndedOnceAs(line, CloseReason.LOST);
        }
    }

    @Test
    void aFrameAboveTheLimitIsRefusedAtItsHeaderWithItsCode() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            byte[] frame = RawSocket.masked(0x82, new byte[Running.LIMIT + 1]);
            client.send(java.util.Arrays.copyOf(frame, 14));
            assertThat(client.nextFrame().closeCode()).isEqualTo(4413);
            assertThat(line.end()).isEqualTo(CloseReason.TOO_LARGE);
            client.send(java.util.Arrays.copyOfRange(frame, 14, frame.length));
            client.send(RawSocket.masked(0x88, RawSocket.closeContent(4413)));
            client.awaitEnd();
            assertThat(line.ends).isEmpty();
        }
    }

    @Test
    void fragmentsAboveTheLimitTogetherAreTooLarge() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            client.send(RawSocket.masked(0x02, new byte[Running.LIMIT]));
            client.send(RawSocket.masked(0x80, new byte[1]));
            assertThat(client.nextFrame().closeCode()).isEqualTo(4413);
            assertEndedOnceAs(line, CloseReason.TOO_LARGE);
        }
    }

    @Test
    void bytesThatAreNoWebSocketFramesAreAProtocolError() throws Exception {
        try (RawSocket client = running.connected()) {
            Echo.Line line = running.echo.next();
            client.send(new byte[] {(byte) 0x81, 1, 'x'});
            assertThat(client.nextFrame().closeCode()).isEqualTo(1002);
            assertThat(line.end()).isEqualTo(CloseReason.BAD_FRAME);
            running.timers.advance(Duration.ofSeconds(5));
            client.awaitEnd();
            assertThat(line.ends).isEmpty();
        }
    }

    private static void assertEndedOnceAs(Echo.Line line, CloseReason reason) throws InterruptedException {
        assertThat(line.end()).isEqualTo(reason);
        assertThat(line.ends.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }
}
