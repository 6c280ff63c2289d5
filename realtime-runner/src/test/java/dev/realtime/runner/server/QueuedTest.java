package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuedTest {
    private final List<String> told = new ArrayList<>();
    private final Queued queued = new Queued(new Recording(), () -> told.add("out"));

    @Test
    void anEndUnderTheLockIsToldBehindIt() {
        queued.written();
        assertThat(told).containsExactly("out");
        queued.mayTell();
        assertThat(told).containsExactly("out", "written");
    }

    @Test
    void aLaterEndIsToldAtOnce() {
        queued.mayTell();
        assertThat(told).isEmpty();
        queued.written();
        assertThat(told).containsExactly("out", "written");
    }

    @Test
    void aFailureIsAnEndAndSoIsACancellation() {
        queued.failed(new IOException("gone"));
        queued.mayTell();
        assertThat(told).containsExactly("out", "gone");
        new GrizzlyCompletion<>(new Recording()).cancelled();
        assertThat(told).endsWith("the write was cancelled");
    }

    private final class Recording implements Transport.Completion {
        @Override
        public void written() {
            told.add("written");
        }

        @Override
        public void failed(Throwable cause) {
            told.add(String.valueOf(cause.getMessage()));
        }
    }
}
