package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.EngineIoFixture.request;
import static dev.realtime.protocol.engineio.EngineIoFixture.text;
import static dev.realtime.protocol.engineio.EngineIoFixture.webSocket;
import static dev.realtime.protocol.engineio.EngineIoFixture.webSocketWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.testkit.ManualTime;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineIoAcceptorTest {
    private static final String UNSUPPORTED = "{\"code\":5,\"message\":\"Unsupported protocol version\"}";
    private static final String UNKNOWN_TRANSPORT = "{\"code\":0,\"message\":\"Transport unknown\"}";
    private static final String UNKNOWN_SESSION = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    private final EngineIoFixture io = new EngineIoFixture();

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("no EIO", request("transport", "websocket"), UNSUPPORTED),
                Arguments.of("EIO 3", request("EIO", "3", "transport", "websocket"), UNSUPPORTED),
                Arguments.of("EIO 04", request("EIO", "04", "transport", "websocket"), UNSUPPORTED),
                Arguments.of("EIO 3 and all else wrong", request("EIO", "3", "sid", "x"), UNSUPPORTED),
                Arguments.of("no transport", request("EIO", "4"), UNKNOWN_TRANSPORT),
                Arguments.of("unknown transport", request("EIO", "4", "transport", "pigeon"), UNKNOWN_TRANSPORT),
                Arguments.of("other case", request("EIO", "4", "transport", "WebSocket"), UNKNOWN_TRANSPORT),
                Arguments.of("polling", request("EIO", "4", "transport", "polling"), UNKNOWN_TRANSPORT),
                Arguments.of("unknown sid", webSocketWith("AAAAAAAAAAAAAAAAAAAA"), UNKNOWN_SESSION),
                Arguments.of("empty sid", webSocketWith(""), UNKNOWN_SESSION));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aRequestThatIsNotServedIsRefusedBeforeTheLayerAboveIsAsked(String name, Handshake request, String body) {
        assertThat(io.acceptor.refuse(request)).contains(new Refusal(400, body, CloseReason.BAD_FRAME));
        assertThat(io.upper.refuseCalls).isZero();
    }

    @Test
    void theLayerAboveMayRefuseWhatTheProtocolAllows() {
        Refusal draining = new Refusal(503, "{}", CloseReason.DRAINING);
        io.upper.refusal = Optional.of(draining);
        assertThat(io.acceptor.refuse(webSocket())).contains(draining);
        io.upper.refusal = Optional.empty();
        assertThat(io.acceptor.refuse(webSocket())).isEmpty();
    }

    @Test
    void theOpenPacketHasExactlyFiveKeys() {
        io.open();
        assertThat(io.carrier.texts())
                .singleElement()
                .asString()
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000}");
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        EngineIoSettings settings = EngineIoSettings.defaults();
        RecordingTransport carrier = new RecordingTransport();
        new EngineIoAcceptor(settings, new ManualTime(), new RecordingUpper()).open(webSocket(), carrier);
        assertThat(carrier.texts().get(0))
                .endsWith("\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(settings.upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void settingsAreAboveZero() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineIoSettings(Duration.ZERO, second, second, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineIoSettings(second, second.negated(), second, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineIoSettings(second, second, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineIoSettings(second, second, second, 0));
    }

    @Test
    void everySessionHasItsOwnId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            EngineIoFixture other = new EngineIoFixture();
            other.open();
            ids.add(other.sid());
        }
        assertThat(ids).hasSize(1000);
    }

    @Test
    void theOpenPacketGoesBeforeWhatTheLayerAboveWritesFirst() {
        io.upper.onOpen = transport -> transport.write(List.of(text("4first")), new RecordingCompletion());
        io.open();
        assertThat(io.carrier.texts()).hasSize(2).last().isEqualTo("4first");
    }

    @Test
    void aSecondWebSocketOfALiveSessionIsAcceptedAndThenClosed() {
        io.open();
        RecordingTransport second = new RecordingTransport();
        assertThat(io.acceptor.refuse(webSocketWith(io.sid()))).isEmpty();
        Connection deaf = io.acceptor.open(webSocketWith(io.sid()), second);
        assertThat(second.ends).containsExactly("close NORMAL");
        assertThat(second.writes).isEmpty();
        deaf.received(text("2probe"));
        deaf.closed(CloseReason.NORMAL);
        assertThat(io.upper.received).isEmpty();
        assertThat(io.upper.closed).isEmpty();
        assertThat(io.knows(io.sid())).isTrue();
        io.advance(10);
        assertThat(io.time.waiting()).isOne();
    }

    @Test
    void aSecondWebSocketThatDoesNotGoIsCut() {
        io.open();
        RecordingTransport second = new RecordingTransport();
        io.acceptor.open(webSocketWith(io.sid()), second);
        io.advance(5000);
        assertThat(second.ends).containsExactly("close NORMAL", "terminate");
    }
}
