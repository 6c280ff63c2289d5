package dev.realtime.benchmarks;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event and an ack, from meaning to the bytes on the wire. */
@State(Scope.Thread)
public class EncodeBenchmark {
    private final Protocol socketIo = new SocketIoProtocol(SocketIoSettings.defaults());
    private final Protocol plain = new PlainProtocol(PlainSettings.defaults());
    private final Outbound event =
            new Outbound.Event("/", "message:new", List.of(Samples.message()), Optional.of("k3v9-4711"));
    private final Outbound ack = new Outbound.Ack(
            "/",
            17,
            List.of(Payload.object()
                    .put("success", true)
                    .put("message", Samples.message())
                    .end()));

    /** An event of Socket.IO. */
    @Benchmark
    public byte[] socketIoEvent() {
        return socketIo.encode(event).get(0).wire();
    }

    /** An ack of Socket.IO. */
    @Benchmark
    public byte[] socketIoAck() {
        return socketIo.encode(ack).get(0).wire();
    }

    /** An event of the plain protocol. */
    @Benchmark
    public byte[] plainEvent() {
        return plain.encode(event).get(0).wire();
    }

    /** An object with seven fields, written from nothing. */
    @Benchmark
    public Payload json() {
        return Payload.object()
                .put("id", "01a207b0-7c5e-7000-8000-3f1d2c4b5a69")
                .put("roomId", "chat:doc:pat")
                .put("seq", 4711)
                .put("message", "Guten Tag, wie geht es Ihnen heute? Bringen Sie bitte den Befund mit.")
                .put("senderId", "doc")
                .put("timestamp", "2026-11-23T09:15:48.000Z")
                .put("clientMessageId", "c-1")
                .end();
    }
}
