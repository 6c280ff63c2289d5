package dev.realtime.protocol.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.ProtocolException;
import dev.realtime.testkit.Messages;

/** What a client of the plain protocol sends. */
class PlainDecoderFuzzTest {
    private final PlainProtocol protocol = new PlainProtocol(PlainSettings.defaults());

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
            Outbound sent = new Outbound.Event("/", call.event(), call.arguments());
            Inbound again =
                    protocol.newDecoder().decode(protocol.encode(sent).get(0)).orElseThrow();
            assertThat(((Inbound.Event) again).body().read()).isEqualTo(call);
        }
    }
}
