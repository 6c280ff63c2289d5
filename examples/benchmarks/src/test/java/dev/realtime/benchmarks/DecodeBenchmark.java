package dev.realtime.benchmarks;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.plain.PlainSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.transport.Frame;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event of a client, from the text of its frame to name and arguments. */
@State(Scope.Thread)
public class DecodeBenchmark {
    private static final String SOCKET_IO = "4217[\"message:send\"," + Samples.SEND_JSON + "]";
    private static final String PLAIN = "{\"event\":\"message:send\",\"data\":" + Samples.SEND_JSON + ",\"id\":17}";

    private final Decoder socketIo = new SocketIoProtocol(SocketIoSettings.defaults()).newDecoder();
    private final Decoder plain = new PlainProtocol(PlainSettings.defaults()).newDecoder();

    /** Sets up decoders that have had their connect. */
    public DecodeBenchmark() {
        plain.decode(Frame.text("{\"event\":\"connect\",\"data\":{\"token\":\"t\"}}"));
    }

    /** A packet of Socket.IO. */
    @Benchmark
    public Object socketIoPacket() {
        return read(socketIo, SOCKET_IO);
    }

    /** A frame of the plain protocol. */
    @Benchmark
    public Object plainFrame() {
        return read(plain, PLAIN);
    }

    /** A JSON object, and one of its fields. */
    @Benchmark
    public Optional<Payload> json() {
        return Payload.parse(Samples.MESSAGE_JSON).get("seq");
    }

    private static Inbound.Call read(Decoder decoder, String frame) {
        return decoder.decode(Frame.text(frame))
                .map(inbound -> ((Inbound.Event) inbound).body().read())
                .orElseThrow();
    }
}
