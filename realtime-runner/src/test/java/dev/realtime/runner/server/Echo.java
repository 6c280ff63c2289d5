package dev.realtime.runner.server;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends back what it hears, remembers its lines and their ends, and refuses what it is told to. */
final class Echo implements Acceptor {
    final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    volatile Optional<Refusal> refusal = Optional.empty();
    volatile Consumer<Line> whenOpened = line -> {};
    volatile int asked;

    @Override
    public synchronized Optional<Refusal> refuse(Handshake handshake) {
        asked++;
        return refusal;
    }

    @Override
    public Connection open(Handshake handshake, Transport transport) {
        Line line = new Line(handshake, transport);
        whenOpened.accept(line);
        lines.add(line);
        return line;
    }

    Line next() throws InterruptedException {
        Line line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nobody connected");
        }
        return line;
    }

    /** A write of 20 MB in one go, far more than the kernel takes. */
    static CompletableFuture<String> stuffed(Transport transport) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        transport.write(Collections.nCopies(200, Frame.binary(new byte[100_000])), new Transport.Completion() {
            @Override
            public void written() {
                outcome.complete("written");
            }

            @Override
            public void failed(Throwable cause) {
                outcome.completeExceptionally(cause);
            }
        });
        return outcome;
    }

    /** One connection; its outgoing frames wait in a queue of its own and leave in batches. */
    static final class Line implements Connection, Transport.Completion {
        final Handshake handshake;
        final Transport transport;
        final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        private final Deque<Frame> waiting = new ArrayDeque<>();
        private boolean isWriting;

        Line(Handshake handshake, Transport transport) {
            this.handshake = handshake;
            this.transport = transport;
        }

        @Override
        public void received(Frame frame) {
            send(frame);
        }

        @Override
        public void closed(CloseReason reason) {
            ends.add(reason);
        }

        void send(Frame frame) {
            synchronized (this) {
                waiting.add(frame);
                if (isWriting) {
                    return;
                }
                isWriting = true;
            }
            flush();
        }

        @Override
        public void written() {
            flush();
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
        }

        CloseReason end() throws InterruptedException {
            CloseReason reason = ends.poll(20, TimeUnit.SECONDS);
            if (reason == null) {
                throw new AssertionError("the end was not told");
            }
            return reason;
        }

        private void flush() {
            List<Frame> batch;
            synchronized (this) {
                batch = new ArrayList<>(waiting);
                waiting.clear();
                isWriting = !batch.isEmpty();
            }
            if (!batch.isEmpty()) {
                transport.write(batch, this);
            }
        }
    }
}
