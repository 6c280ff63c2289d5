package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Decoder;
import dev.realtime.protocol.Inbound;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole stack, with an application on top that sends every event back. */
class SocketIoProtocolTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Handshake WEB_SOCKET =
            new Handshake("/socket.io/", Map.of("EIO", "4", "transport", "websocket"), Map.of(), Optional.empty());

    private final List<String> wire = new ArrayList<>();
    private final List<CloseReason> ended = new ArrayList<>();
    private final Protocol protocol =
            new SocketIoProtocol(new SocketIoSettings(new EngineIoSettings(SECOND, SECOND, SECOND, 100)));
    private final Connection link =
            protocol.beneath(new Echo(), new ManualTime()).open(WEB_SOCKET, new Wire());

    @Test
    void anEventGoesUpAndComesBack() {
        link.received(Frame.text("42/x,[\"echo\",1,{\"a\":null}]"));
        assertThat(wire).hasSize(2);
        assertThat(wire.get(0)).startsWith("0{\"sid\":\"").endsWith("\"pingTimeout\":1000,\"maxPayload\":100}");
        assertThat(wire.get(1)).isEqualTo("42/x,[\"echo\",1,{\"a\":null}]");
    }

    @Test
    void aBinaryEventGoesUpAndComesBackAlsoInBase64() {
        link.received(Frame.text("452-[\"echo\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]"));
        link.received(Frame.text("bAQI="));
        link.received(Frame.binary(new byte[] {3}));
        assertThat(wire.subList(1, wire.size()))
                .containsExactly(
                        "452-[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        "[3]",
                        "[1, 2]");
    }

    @Test
    void theFrameLimitIsThatOfTheSettings() {
        link.received(Frame.text("42[\"echo\",\"" + "x".repeat(100) + "\"]"));
        assertThat(ended).containsExactly(CloseReason.TOO_LARGE);
    }

    @Test
    void theBoundOfAttachmentsIsTheFrameLimitUnlessSet() {
        assertThat(SocketIoSettings.defaults().maxAttachments()).isEqualTo(10);
        assertThat(SocketIoSettings.defaults().maxAttachmentBytes()).isEqualTo(1_000_000);
        EngineIoSettings usual = EngineIoSettings.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketIoSettings(usual, -1, 0, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketIoSettings(usual, 0, -1, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketIoSettings(usual, 0, 0, Duration.ZERO));
    }

    private final class Echo implements Acceptor {
        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            Decoder decoder = protocol.newDecoder();
            return new Connection() {
                @Override
                public void received(Frame frame) {
                    decoder.decode(frame)
                            .filter(inbound -> !(inbound instanceof Inbound.Begun))
                            .ifPresent(inbound -> transport.write(protocol.encode(back(inbound)), IGNORING));
                }

                @Override
                public void closed(CloseReason reason) {
                    ended.add(reason);
                }
            };
        }

        private Outbound back(Inbound inbound) {
            if (inbound instanceof Inbound.Event event) {
                Inbound.Call call = event.body().read();
                return new Outbound.Event(event.namespace(), call.event(), call.arguments());
            }
            return new Outbound.Refused(inbound.namespace(), "not here", Optional.of(Payload.emptyObject()));
        }
    }

    private static final Transport.Completion IGNORING = new Transport.Completion() {
        @Override
        public void written() {}

        @Override
        public void failed(Throwable cause) {}
    };

    private final class Wire implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.forEach(frame -> wire.add(frame.isText() ? frame.text() : Arrays.toString(frame.content())));
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
