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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client that polls, posts and goes over to a WebSocket in the midst of traffic both ways, many times. */
class UpgradeRaceTest {
    private static final int ROUNDS = 300;
    private static final String SEPARATOR = "\u001e";
    private static final EngineIoSettings PATIENT =
            new EngineIoSettings(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 10_000);

    @Test
    void nothingIsLostDoubledOrReorderedAcrossTheUpgrade() throws Exception {
        Races.rounds(ROUNDS, 8, (threads, random) -> new Round(threads, random).run());
    }

    private static final class Round {
        private final ExecutorService threads;
        private final Random random;
        private final ManualTime time = new ManualTime();
        private final Upper upper = new Upper();
        private final EngineIoAcceptor acceptor = new EngineIoAcceptor(PATIENT, time, upper);
        private final Carrier webSocket;
        private final List<String> heard = new ArrayList<>();
        private final int down;
        private final int up;
        private String sid = "";
        private volatile boolean isPausing;

        Round(ExecutorService threads, Random random) {
            this.threads = threads;
            this.random = random;
            this.webSocket = new Carrier(threads);
            this.down = 20 + random.nextInt(200);
            this.up = 20 + random.nextInt(200);
        }

        void run() throws Exception {
            TestExchange open = ask("GET", "EIO", "4", "transport", "polling");
            sid = open.text().substring("0{\"sid\":\"".length()).substring(0, 20);
            Future<?> server = threads.submit(this::speak);
            Future<?> polling = threads.submit(this::poll);
            int sent = post(random.nextInt(up));
            Connection link = acceptor.open(EngineIoFixture.webSocketWith(sid), webSocket);
            link.received(Frame.text("2probe"));
            assertThat(webSocket.next()).isEqualTo("3probe");
            isPausing = true;
            polling.get(20, TimeUnit.SECONDS);
            link.received(Frame.text("5"));
            for (int i = sent; i < up; i++) {
                link.received(Frame.text("4" + i));
            }
            server.get(20, TimeUnit.SECONDS);
            while (heard.size() < down) {
                heard.add(webSocket.next());
            }
            assertThat(heard).isEqualTo(numbers(down));
            assertThat(upper.received).isEqualTo(numbers(up));
            assertThat(webSocket.overlaps).isZero();
            link.closed(CloseReason.NORMAL);
            assertThat(upper.closed).containsExactly(CloseReason.LOST);
            time.advance(Gets.HOLD_ON_TRIAL);
            assertThat(time.waiting()).isZero();
        }

        /** The server, which speaks all the time. */
        private void speak() {
            for (int i = 0; i < down; i++) {
                upper.lane().send("4" + i);
                if (i % 7 == 0) {
                    Thread.onSpinWait();
                }
            }
        }

        /** The client's GETs, until it has one back after it wanted to go over. */
        private void poll() {
            boolean isOver = false;
            while (!isOver) {
                TestExchange get = ask("GET", "EIO", "4", "transport", "polling", "sid", sid);
                isOver = isPausing;
                while (!get.isAnswered()) {
                    time.advance(Duration.ofMillis(10));
                    Thread.onSpinWait();
                }
                assertThat(get.answer().status()).isEqualTo(200);
                for (String packet : List.of(get.text().split(SEPARATOR, -1))) {
                    if (!packet.equals("6")) {
                        heard.add(packet);
                    }
                }
                isOver |= isPausing;
            }
        }

        private int post(int count) {
            int sent = 0;
            while (sent < count) {
                int batch = Math.min(count - sent, 1 + random.nextInt(5));
                String body = String.join(SEPARATOR, numbers(sent + batch).subList(sent, sent + batch));
                TestExchange post = ask("POST", "EIO", "4", "transport", "polling", "sid", sid)
                        .body(body);
                assertThat(post.text()).isEqualTo("ok");
                sent += batch;
            }
            return sent;
        }

        private TestExchange ask(String method, String... query) {
            TestExchange exchange = new TestExchange(method, query);
            assertThat(acceptor.tryServe(exchange)).isTrue();
            return exchange;
        }

        private static List<String> numbers(int count) {
            return IntStream.range(0, count).mapToObj(i -> "4" + i).toList();
        }
    }

    /** Completes every write on another thread and notices two at once. */
    private static final class Carrier implements Transport {
        private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
        private final ExecutorService threads;
        private boolean isWriting;
        private int overlaps;

        Carrier(ExecutorService threads) {
            this.threads = threads;
        }

        String next() throws InterruptedException {
            return Optional.ofNullable(written.poll(20, TimeUnit.SECONDS)).orElse("nothing");
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            synchronized (this) {
                overlaps += isWriting ? 1 : 0;
                isWriting = true;
            }
            frames.forEach(frame -> written.add(frame.text()));
            threads.execute(() -> {
                synchronized (this) {
                    isWriting = false;
                }
                completion.written();
            });
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }

    /** What waits to be written, one write at a time, the next from another thread as the engine's flushers do. */
    private static final class Lane implements Transport.Completion {
        private final Transport transport;
        private List<Frame> waiting = new ArrayList<>();
        private boolean isWriting;

        Lane(Transport transport) {
            this.transport = transport;
        }

        void send(String text) {
            synchronized (this) {
                waiting.add(Frame.text(text));
                if (isWriting) {
                    return;
                }
                isWriting = true;
            }
            flush();
        }

        @Override
        public void written() {
            boolean hasMore;
            synchronized (this) {
                hasMore = !waiting.isEmpty();
                isWriting = hasMore;
            }
            if (hasMore) {
                ForkJoinPool.commonPool().execute(this::flush);
            }
        }

        @Override
        public void failed(Throwable cause) {}

        private void flush() {
            List<Frame> frames;
            synchronized (this) {
                frames = waiting;
                waiting = new ArrayList<>();
            }
            transport.write(frames, this);
        }
    }

    private static final class Upper implements Acceptor, Connection {
        private final List<String> received = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private @Nullable Lane lane;

        Lane lane() {
            Lane opened = lane;
            if (opened == null) {
                throw new IllegalStateException("nothing was opened");
            }
            return opened;
        }

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            lane = new Lane(transport);
            return this;
        }

        @Override
        public void received(Frame frame) {
            received.add(frame.text());
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }
    }
}
