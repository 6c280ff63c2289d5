package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlusherTest {
    private final Flusher flusher = new Flusher("test").start();

    @AfterEach
    void close() {
        flusher.close();
    }

    @Test
    void whatIsOfferedIsWrittenSoon() {
        RecordingTransport transport = new RecordingTransport();
        Outbox outbox = new Outbox(transport, flusher, 1 << 20);
        for (int i = 0; i < 500; i++) {
            outbox.offer(parcel("x"));
            transport.awaitFrames(i + 1);
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("a container's bug"),
                new AssertionError("an error in a container"),
                new OutOfMemoryError("pretended"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aTransportThatThrowsLosesItsConnectionAndNoOtherDoes(Throwable thrown) {
        RecordingTransport broken =
                new RecordingTransport().throwingOnWrite(thrown).throwingOnTerminate(new IllegalStateException("too"));
        new Outbox(broken, flusher, 1 << 20).offer(parcel("lost"));
        RecordingTransport well = new RecordingTransport();
        new Outbox(well, flusher, 1 << 20).offer(parcel("hello"));
        assertThat(well.awaitFrames(1)).containsExactly("hello");
        assertThat(broken.terminations()).isEqualTo(1);
        assertThat(broken.frames()).isEmpty();
    }

    private static Parcel parcel(String text) {
        return Parcel.of(List.of(Frame.text(text)), false);
    }
}
