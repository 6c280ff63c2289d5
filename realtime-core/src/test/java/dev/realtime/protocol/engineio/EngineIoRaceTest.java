package dev.realtime.protocol.engineio;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client, a writer, a closer and the clock at once, many times, in an order that a seed decides. */
class EngineIoRaceTest {
    private static final int ROUNDS = 400;

    @Test
    void writesNeverOverlapAndTheEndIsToldOnceAfterEverythingElse() throws Exception {
        Races.rounds(ROUNDS, 5, (threads, random) -> new Round(threads, random).run());
    }

    private static final class Round {
        private final ExecutorService threads;
        private final Random random;
        private final ManualTime time = new ManualTime();
        private final Carrier carrier;
        private final Upper upper = new Upper();
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger completions = new AtomicInteger();
        private int writes;

        Round(ExecutorService threads, Random random) {
            this.threads = threads;
            this.random = random;
            this.carrier = new Carrier(threads);
        }

        void run() throws Exception {
            EngineIoAcceptor acceptor = new EngineIoAcceptor(EngineIoFixture.SETTINGS, time, upper);
            Connection link = acceptor.open(EngineIoFixture.webSocket(), carrier);
            Transport transport = upper.transport;
            int frames = random.nextInt(40);
            int closeAfter = random.nextInt(40);
            int steps = random.nextInt(8);
            int kind = random.nextInt(3);
            writes = random.nextInt(40);
            List<Future<?>> running = List.of(
                    start(() -> client(link, frames)),
                    start(() -> writer(transport, writes)),
                    start(() -> closer(transport, closeAfter, kind)),
                    start(() -> clock(steps)));
            go.countDown();
            for (Future<?> one : running) {
                one.get(20, TimeUnit.SECONDS);
            }
            link.closed(CloseReason.LOST);
            assertThat(carrier.overlaps.get()).isZero();
            assertThat(upper.closed.get()).isOne();
            assertThat(upper.wrong.get()).isZero();
            assertThat(time.waiting()).isZero();
            assertThat(completions.get()).isEqualTo(writes);
        }

        private Future<?> start(Callable<Object> task) {
            return threads.submit(() -> {
                go.await();
                return task.call();
            });
        }

        private Object client(Connection link, int frames) {
            for (int i = 0; i < frames; i++) {
                link.received(Frame.text(i % 5 == 4 ? "3" : "4x"));
            }
            return frames;
        }

        /** One write under way at a time, as the layer above promises. */
        private Object writer(Transport transport, int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                CountDownLatch done = new CountDownLatch(1);
                transport.write(List.of(Frame.text("4" + i)), new Transport.Completion() {
                    @Override
                    public void written() {
                        ended();
                    }

                    @Override
                    public void failed(Throwable cause) {
                        ended();
                    }

                    private void ended() {
                        completions.incrementAndGet();
                        done.countDown();
                    }
                });
                assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            }
            return count;
        }

        private static Object closer(Transport transport, int spins, int kind) {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            if (kind == 0) {
                transport.close(CloseReason.DRAINING);
            } else if (kind == 1) {
                transport.terminate();
            }
            return kind;
        }

        private Object clock(int steps) {
            for (int i = 0; i < steps; i++) {
                time.advance(Duration.ofMillis(100));
            }
            return steps;
        }
    }

    /** Completes every write on another thread and notices two at once. */
    private static final class Carrier implements Transport {
        final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger underWay = new AtomicInteger();
        private final ExecutorService threads;

        Carrier(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            if (underWay.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            threads.execute(() -> {
                underWay.decrementAndGet();
                completion.written();
            });
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }

    /** Notices two calls at once, and any call after the end. */
    private static final class Upper implements Acceptor, Connection {
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger wrong = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        volatile Transport transport = new RecordingTransport();

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport opened) {
            transport = opened;
            return this;
        }

        @Override
        public void received(Frame frame) {
            if (inside.incrementAndGet() != 1 || closed.get() > 0) {
                wrong.incrementAndGet();
            }
            Thread.onSpinWait();
            inside.decrementAndGet();
        }

        @Override
        public void closed(CloseReason reason) {
            if (inside.get() != 0) {
                wrong.incrementAndGet();
            }
            closed.incrementAndGet();
        }
    }
}
