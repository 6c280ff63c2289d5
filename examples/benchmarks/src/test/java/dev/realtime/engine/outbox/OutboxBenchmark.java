package dev.realtime.engine.outbox;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The queue of one client whose network takes everything at once. The flusher is the benchmark itself. */
@State(Scope.Thread)
public class OutboxBenchmark {
    private final Parcel parcel = Parcel.of(List.of(Frame.text("42[\"message:new\",{}]")), false);
    private Outbox outbox = newOutbox();

    /** The flusher never runs, so it keeps what is scheduled: each iteration has a new one. */
    @Setup(Level.Iteration)
    public void renew() {
        outbox = newOutbox();
    }

    /** A parcel that is written at once. */
    @Benchmark
    public int one() {
        outbox.offer(parcel);
        outbox.flush();
        return outbox.size();
    }

    /** Sixteen parcels that go in one write. */
    @Benchmark
    public int sixteen() {
        for (int i = 0; i < 16; i++) {
            outbox.offer(parcel);
        }
        outbox.flush();
        return outbox.size();
    }

    private static Outbox newOutbox() {
        return new Outbox(new Sink(), new Flusher("never-started"), 1 << 20);
    }

    private static final class Sink implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
