package dev.realtime.benchmarks;

import dev.realtime.Realtime;
import dev.realtime.address.Audience;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.LocalFanout;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One event on its way through a whole node to a hundred clients, until the last has it. Time stands still. */
@State(Scope.Benchmark)
public class DeliverBenchmark {
    private static final int SESSIONS = 100;

    private final ManualTime time = new ManualTime();
    private final LocalFanout fanout = new LocalFanout();
    private final Realtime realtime = Realtime.with(new TestAuthenticator())
            .fanout(fanout)
            .clocks(time, time)
            .start();
    private long written;
    private long wanted;
    private final Delivery delivery = Delivery.of(Audience.everyone(), "message:new", Samples.message());

    /** Connects the clients; each is greeted. */
    @Setup
    public void connect() {
        Acceptor acceptor = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));
        for (int i = 0; i < SESSIONS; i++) {
            Connection connection = acceptor.open(TestClient.handshake(Map.of()), new Counting());
            connection.received(Frame.text("40{\"token\":\"user" + i + "/patient\"}"));
        }
        awaitWritten(SESSIONS * 3L);
    }

    /** To all of them. */
    @Benchmark
    public long toHundred() {
        fanout.publish(delivery);
        return awaitWritten(wanted + SESSIONS);
    }

    /** Stops the node; the clients are not waited for. */
    @TearDown
    public void close() {
        Thread closing = new Thread(realtime::close);
        closing.setDaemon(true);
        closing.start();
    }

    private synchronized long awaitWritten(long frames) {
        wanted = frames;
        try {
            while (written < frames) {
                wait();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return written;
    }

    private synchronized void add(int frames) {
        written += frames;
        if (written >= wanted) {
            notifyAll();
        }
    }

    private final class Counting implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            completion.written();
            add(frames.size());
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
