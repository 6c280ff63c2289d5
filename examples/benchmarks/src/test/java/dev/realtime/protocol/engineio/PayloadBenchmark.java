package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A body of long polling with ten packets. */
@State(Scope.Thread)
public class PayloadBenchmark {
    private static final String PACKET = "42[\"message:send\",{\"roomId\":\"chat:doc:pat\",\"message\":\"Guten Tag\"}]";
    private static final int PACKETS = 10;

    private final byte[] body = String.join("\u001e", java.util.Collections.nCopies(PACKETS, PACKET))
            .getBytes(StandardCharsets.UTF_8);
    private final Frame packet = Frame.text(PACKET);
    private int heard;

    /** Taken apart. */
    @Benchmark
    public int decode() {
        PollPayload.isTaken(body, text -> {
            heard += text.length();
            return true;
        });
        return heard;
    }

    /** Put together. */
    @Benchmark
    public Object encode() {
        PollPayload payload = new PollPayload();
        for (int i = 0; i < PACKETS; i++) {
            payload.add(packet);
        }
        return payload.answer();
    }
}
