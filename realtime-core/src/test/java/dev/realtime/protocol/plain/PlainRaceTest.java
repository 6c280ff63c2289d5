package dev.realtime.protocol.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.Races;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A writer, a closer, a client and a network at once, many times. */
class PlainRaceTest {
    private static final int ROUNDS = 500;

    @Test
    void theLastWordAndTheCloseComeOnceAndNothingOverlapsOrFollows() throws Exception {
        Random random = Races.random();
        for (int round = 0; round < ROUNDS; round++) {
            new Round(random.nextInt(30), random.nextInt(30), random.nextInt(3_000)).run();
        }
    }

    private static final class Round implements Acceptor, Connection {
        private final int writes;
        private final int frames;
        private final int patience;
        private final Network network = new Network();
        private final AtomicInteger ends = new AtomicInteger();
        private final AtomicInteger lateFrames = new AtomicInteger();
        private final AtomicInteger completions = new AtomicInteger();
        private final List<Transport> transports = new ArrayList<>();

        Round(int writes, int frames, int patience) {
            this.writes = writes;
            this.frames = frames;
            this.patience = patience;
        }

        void run() throws Exception {
            Handshake handshake = new Handshake("/realtime", Map.of(), Map.of(), Optional.empty());
            Connection connection = new PlainProtocol(PlainSettings.defaults())
                    .beneath(this, new ManualTime())
                    .open(handshake, network);
            Races.together(4, racer -> {
                switch (racer) {
                    case 0 -> write();
                    case 1 -> close();
                    case 2 -> hear(connection);
                    default -> network.work();
                }
                return racer;
            });
            assertThat(network.isOverlapped).isFalse();
            assertThat(network.told)
                    .filteredOn(word -> word.startsWith("close"))
                    .containsExactly("close 4400");
            assertThat(network.told).endsWith("close 4400");
            assertThat(network.told.get(network.told.size() - 2)).contains("bad_frame");
            assertThat(completions).hasValue(writes);
            assertThat(ends).hasValue(1);
            assertThat(lateFrames).hasValue(0);
        }

        /** As the engine does: the next write comes after the completion of the one before. */
        private void write() {
            for (int i = 0; i < writes; i++) {
                AtomicInteger done = new AtomicInteger();
                transports.get(0).write(List.of(Frame.text("{\"event\":\"a\"}")), new Counting(done));
                while (done.get() == 0) {
                    Thread.onSpinWait();
                }
            }
        }

        private void close() {
            for (int i = 0; i < patience; i++) {
                Thread.onSpinWait();
            }
            transports.get(0).close(CloseReason.BAD_FRAME);
            transports.get(0).close(CloseReason.TIMEOUT);
        }

        private void hear(Connection connection) {
            for (int i = 0; i < frames; i++) {
                connection.received(Frame.text("{}"));
                connection.pong();
            }
        }

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport opened) {
            transports.add(opened);
            return this;
        }

        @Override
        public void received(Frame frame) {
            lateFrames.addAndGet(ends.get());
        }

        @Override
        public void closed(CloseReason reason) {
            ends.incrementAndGet();
        }

        private final class Counting implements Transport.Completion {
            private final AtomicInteger done;

            Counting(AtomicInteger done) {
                this.done = done;
            }

            @Override
            public void written() {
                completions.incrementAndGet();
                done.incrementAndGet();
            }

            @Override
            public void failed(Throwable cause) {
                written();
            }
        }
    }

    /** Completes each write on a thread of its own, until the close. */
    private static final class Network implements Transport {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private final AtomicReference<Optional<Completion>> underWay = new AtomicReference<>(Optional.empty());
        private volatile boolean isOverlapped;
        private volatile boolean isClosed;

        void work() {
            while (!isClosed) {
                underWay.getAndSet(Optional.empty()).ifPresent(Completion::written);
                Thread.onSpinWait();
            }
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.forEach(frame -> told.add(frame.text()));
            isOverlapped |= underWay.getAndSet(Optional.of(completion)).isPresent();
        }

        @Override
        public void close(CloseReason reason) {
            told.add("close " + reason.code());
            isClosed = true;
        }

        @Override
        public void terminate() {
            told.add("terminate");
        }
    }
}
