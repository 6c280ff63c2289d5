package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentDeadlineTest {
    private static final Frame HEADER =
            Frame.text("452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
    private static final Frame BYTES = Frame.binary(new byte[] {1});
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final List<Frame> heard = new ArrayList<>();
    private final List<CloseReason> closed = new ArrayList<>();
    private final SocketIoSettings settings = new SocketIoSettings(EngineIoSettings.defaults(), 10, 100, TIMEOUT);
    private final Connection link = new AttachmentDeadline(settings, time, new Listening())
            .open(new Handshake("/", Map.of(), Map.of(), Optional.empty()), new Closing());

    @Test
    void aPacketWhoseAttachmentsDoNotComeInTimeEndsTheConnection() {
        link.received(HEADER);
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(closed).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(closed).containsExactly(CloseReason.BAD_FRAME);
    }

    @Test
    void anAttachmentBuysNoTimeForTheNext() {
        link.received(HEADER);
        time.advance(TIMEOUT.minusMillis(1));
        link.received(BYTES);
        time.advance(Duration.ofMillis(1));
        assertThat(closed).containsExactly(CloseReason.BAD_FRAME);
    }

    @Test
    void aPacketThatIsWholeInTimeLeavesNothingBehind() {
        link.received(HEADER);
        link.received(BYTES);
        link.received(BYTES);
        assertThat(time.waiting()).isZero();
        time.advance(TIMEOUT.multipliedBy(2));
        assertThat(closed).isEmpty();
        assertThat(heard).containsExactly(HEADER, BYTES, BYTES);
    }

    @Test
    void eachPacketHasTimeOfItsOwn() {
        for (int i = 0; i < 5; i++) {
            link.received(HEADER);
            time.advance(TIMEOUT.minusMillis(1));
            link.received(BYTES);
            link.received(BYTES);
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void aConnectionThatIsGoneIsNotWatched() {
        link.received(HEADER);
        link.closed(CloseReason.LOST);
        assertThat(time.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"a\"]", "450-[]", "4511-[]", "45-[]", "45", "46x", "", "3"})
    void whatAnnouncesNothingIsNotWaitedFor(String text) {
        link.received(Frame.text(text));
        assertThat(time.waiting()).isZero();
        assertThat(heard).hasSize(1);
    }

    @Test
    void bytesThatNoHeaderAnnouncedAreForTheDecoder() {
        link.received(BYTES);
        assertThat(time.waiting()).isZero();
        assertThat(heard).containsExactly(BYTES);
    }

    private final class Listening implements Acceptor {
        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            return new Connection() {
                @Override
                public void received(Frame frame) {
                    heard.add(frame);
                }

                @Override
                public void closed(CloseReason reason) {}
            };
        }
    }

    private final class Closing implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {
            closed.add(reason);
        }

        @Override
        public void terminate() {}
    }
}
