package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.testkit.Messages;
import dev.realtime.transport.Frame;
import java.util.List;

/** What a client sends after the handshake of Engine.IO: messages, with binary ones among them. */
class SocketIoDecoderFuzzTest {
    private final SocketIoProtocol protocol = new SocketIoProtocol(SocketIoSettings.defaults());

    @FuzzTest
    void nothingButAProtocolExceptionComesOut(byte[] input) {
        Decoder decoder = protocol.newDecoder();
        try {
            Messages.in(input).forEach(frame -> decoder.decode(frame).ifPresent(this::assertPassedOn));
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    /** Whatever was accepted means the same to the next who reads it. */
    private void assertPassedOn(Inbound inbound) {
        if (inbound instanceof Inbound.Event event) {
            Inbound.Call call = event.body().read();
            Outbound sent = new Outbound.Event(event.namespace(), call.event(), call.arguments());
            assertThat(((Inbound.Event) received(sent)).body().read()).isEqualTo(call);
        } else if (inbound instanceof Inbound.Ack ack && ack.id().isPresent()) {
            assertThat(received(new Outbound.Ack(ack.namespace(), ack.id().getAsLong(), ack.arguments())))
                    .isEqualTo(ack);
        }
    }

    private Inbound received(Outbound sent) {
        Decoder decoder = protocol.newDecoder();
        List<Frame> frames = protocol.encode(sent);
        frames.subList(0, frames.size() - 1)
                .forEach(frame -> assertThat(decoder.decode(frame).orElseGet(() -> begun(sent)))
                        .isEqualTo(begun(sent)));
        return decoder.decode(frames.get(frames.size() - 1)).orElseThrow();
    }

    private static Inbound begun(Outbound sent) {
        return new Inbound.Begun(sent.namespace());
    }
}
