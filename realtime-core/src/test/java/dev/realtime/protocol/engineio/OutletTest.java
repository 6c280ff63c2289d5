package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.EngineIoFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recording carrier refuses a second write while one is under way. */
class OutletTest {
    private final EngineIoFixture io = new EngineIoFixture();
    private final RecordingCompletion done = new RecordingCompletion();

    @Test
    void aWriteWaitsForTheOpenPacket() {
        io.carrier.hold();
        io.open();
        write("4a");
        assertThat(io.carrier.writes).hasSize(1);
        assertThat(done.written).isZero();
        io.carrier.complete();
        assertThat(io.carrier.lastWrite()).containsExactly("4a");
        assertThat(done.written).isZero();
        io.carrier.complete();
        assertThat(done.written).isOne();
    }

    @Test
    void theFramesOfTheLayerAboveArePassedOnUntouched() {
        io.open();
        var frames = List.of(text("4a"), text("4b"));
        io.upper.transport().write(frames, done);
        assertThat(io.carrier.writes.get(1).get(0)).isSameAs(frames.get(0));
        assertThat(done.written).isOne();
    }

    @Test
    void aPingWaitsForTheWriteUnderWayAndGoesBeforeTheNext() {
        io.open();
        io.carrier.hold();
        write("4a");
        io.advance(300);
        assertThat(io.carrier.writes).hasSize(2);
        io.carrier.complete();
        assertThat(done.written).isOne();
        assertThat(io.carrier.lastWrite()).containsExactly("2");
        write("4b");
        write2Refused();
        io.carrier.complete();
        assertThat(io.carrier.lastWrite()).containsExactly("4b");
        io.carrier.complete();
        assertThat(done.written).isEqualTo(2);
    }

    @Test
    void aPingAndAWriteThatBothWaitGoTogether() {
        io.carrier.hold();
        Connection link = io.open();
        write("4a");
        io.advance(300);
        io.carrier.complete();
        assertThat(io.carrier.lastWrite()).containsExactly("2", "4a");
        link.received(text("3"));
        io.carrier.complete();
        assertThat(done.written).isOne();
        assertThat(io.upper.closed).isEmpty();
    }

    @Test
    void aWriteFromTheCompletionOfAWriteIsSent() {
        io.open();
        io.upper.transport().write(List.of(text("4a")), new Transport.Completion() {
            @Override
            public void written() {
                write("4b");
            }

            @Override
            public void failed(Throwable cause) {}
        });
        assertThat(io.carrier.texts()).endsWith("4a", "4b");
        assertThat(done.written).isOne();
    }

    @Test
    void aWriteFromACompletionGoesBehindAPingThatWaited() {
        io.open();
        io.carrier.hold();
        io.upper.transport().write(List.of(text("4a")), new Transport.Completion() {
            @Override
            public void written() {
                write("4b");
            }

            @Override
            public void failed(Throwable cause) {}
        });
        io.advance(300);
        io.carrier.complete();
        io.carrier.complete();
        io.carrier.complete();
        assertThat(io.carrier.texts()).endsWith("4a", "2", "4b");
        assertThat(done.written).isOne();
    }

    @Test
    void aFailedWriteEndsTheSession() {
        io.open();
        io.carrier.hold();
        write("4a");
        io.carrier.fail();
        assertThat(done.failed).isOne();
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(io.carrier.ends).containsExactly("terminate");
        assertThat(io.time.waiting()).isZero();
    }

    @Test
    void aFailedPingEndsTheSessionAndTheWriteThatWaited() {
        io.open();
        io.carrier.hold();
        io.advance(300);
        write("4a");
        io.carrier.fail();
        assertThat(done.failed).isOne();
        assertThat(io.upper.closed).containsExactly(CloseReason.LOST);
    }

    @Test
    void aCloseGoesBehindTheWriteThatWaits() {
        io.open();
        io.carrier.hold();
        io.advance(300);
        write("4bye");
        io.upper.transport().close(CloseReason.DRAINING);
        assertThat(io.carrier.ends).isEmpty();
        io.carrier.complete();
        assertThat(io.carrier.lastWrite()).containsExactly("4bye");
        assertThat(io.carrier.ends).isEmpty();
        io.carrier.complete();
        assertThat(io.carrier.ends).containsExactly("close DRAINING");
        assertThat(done.written).isOne();
    }

    @Test
    void aWriteThatWaitsFailsWhenTheCarrierIsLost() {
        io.carrier.hold();
        Connection link = io.open();
        write("4a");
        link.closed(CloseReason.LOST);
        assertThat(done.failed).isOne();
        io.carrier.complete();
        assertThat(io.carrier.writes).hasSize(1);
        assertThat(done.written).isZero();
    }

    @Test
    void aPingIsNotSentBehindAClose() {
        io.open();
        io.carrier.hold();
        write("4a");
        io.advance(300);
        io.upper.transport().close(CloseReason.NORMAL);
        io.carrier.complete();
        assertThat(io.carrier.texts()).last().isEqualTo("4a");
        assertThat(done.written).isOne();
    }

    private void write(String text) {
        io.upper.transport().write(List.of(text(text)), done);
    }

    private void write2Refused() {
        assertThatIllegalStateException().isThrownBy(() -> write("4too early"));
    }
}
