package dev.realtime.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.realtime.engine.outbox.OutboxBenchmark;
import dev.realtime.protocol.engineio.PayloadBenchmark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The benchmarks' operations allocate no more than the committed baselines say. Looked at is memory and never time.
 *
 * <p>What the optimizing compiler leaves out depends on what it inlines in this run; with the first tier alone, as the
 * build has it, an operation allocates what is written down in its code, the same in each run and almost the same on
 * each JDK.
 */
class AllocationTest {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10;
    private static final int OPERATIONS = 200;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final DeliverBenchmark DELIVER = new DeliverBenchmark();

    /** Takes what an operation makes, so that it has to be made. */
    private volatile Object taken = "";

    @AfterAll
    static void close() {
        DELIVER.close();
    }

    @Test
    void noOperationAllocatesMoreThanItDid() throws IOException {
        Map<String, Long> measured = new TreeMap<>();
        operations().forEach((name, operation) -> measured.put(name, measure(operation)));
        if (Baselines.areRenewed()) {
            Baselines.write(measured);
        }
        Baselines baselines = Baselines.read();
        assertThat(baselines.names()).isEqualTo(measured.keySet());
        SoftAssertions all = new SoftAssertions();
        measured.forEach((name, bytes) -> all.assertThat(bytes)
                .as("bytes allocated by %s; baseline %d", name, baselines.of(name))
                .isLessThanOrEqualTo(baselines.most(name)));
        all.assertAll();
    }

    private static Map<String, Supplier<Object>> operations() {
        EncodeBenchmark encode = new EncodeBenchmark();
        DecodeBenchmark decode = new DecodeBenchmark();
        PayloadBenchmark payload = new PayloadBenchmark();
        OutboxBenchmark outbox = new OutboxBenchmark();
        DELIVER.connect();
        return Map.ofEntries(
                Map.entry("EncodeBenchmark.socketIoEvent", encode::socketIoEvent),
                Map.entry("EncodeBenchmark.socketIoAck", encode::socketIoAck),
                Map.entry("EncodeBenchmark.plainEvent", encode::plainEvent),
                Map.entry("EncodeBenchmark.json", encode::json),
                Map.entry("DecodeBenchmark.socketIoPacket", decode::socketIoPacket),
                Map.entry("DecodeBenchmark.plainFrame", decode::plainFrame),
                Map.entry("DecodeBenchmark.json", decode::json),
                Map.entry("PayloadBenchmark.decode", payload::decode),
                Map.entry("PayloadBenchmark.encode", payload::encode),
                Map.entry("OutboxBenchmark.one", outbox::one),
                Map.entry("OutboxBenchmark.sixteen", outbox::sixteen),
                Map.entry("DeliverBenchmark.toHundred", DELIVER::toHundred));
    }

    /** The least of several rounds: what comes on top in some is the JVM's own. */
    private long measure(Supplier<Object> operation) {
        run(operation, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocated();
            run(operation, OPERATIONS);
            least = Math.min(least, allocated() - before);
        }
        return least / OPERATIONS;
    }

    private void run(Supplier<Object> operation, int times) {
        for (int i = 0; i < times; i++) {
            taken = operation.get();
        }
        assertThat(taken).isNotNull();
    }

    /** By all threads: some of the work is done on the flusher's. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .sum();
    }
}
