package dev.realtime.protocol.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer alone, with a ping every 300 ms, 200 ms for the pong and frames of up to 50 bytes. */
class PlainConnectionTest {
    private static final PlainSettings SETTINGS = new PlainSettings(Duration.ofMillis(300), Duration.ofMillis(200), 50);

    private final ManualTime time = new ManualTime();
    private final RecordingCarrier carrier = new RecordingCarrier();
    private final Upper upper = new Upper();
    private final Acceptor acceptor = new PlainProtocol(SETTINGS).beneath(upper, time);
    private final Connection connection = acceptor.open(handshake(), carrier);

    @Test
    void framesPassUntouched() {
        Frame frame = Frame.text("{}");
        connection.received(frame);
        assertThat(upper.received).containsExactly(frame);
        say("{\"event\":\"a\"}");
        assertThat(carrier.told).containsExactly("{\"event\":\"a\"}");
    }

    @Test
    void aPingGoesOutOneIntervalAfterEachPong() {
        for (int beat = 1; beat <= 5; beat++) {
            advance(296);
            assertThat(carrier.told).hasSize(beat - 1);
            advance(4);
            assertThat(carrier.told).hasSize(beat).last().isEqualTo("ping");
            advance(150);
            connection.pong();
            assertThat(time.waiting()).isOne();
        }
        assertThat(upper.closed).isEmpty();
    }

    @Test
    void withoutAPongTheConnectionIsClosedAndThenCut() {
        greet();
        advance(496);
        assertThat(upper.closed).isEmpty();
        advance(4);
        assertThat(upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(carrier.told).endsWith("ping", "close 4408");
        advance(4_996);
        assertThat(carrier.told).endsWith("close 4408");
        advance(4);
        assertThat(carrier.told).endsWith("close 4408", "terminate");
    }

    @Test
    void framesAreNoPong() {
        for (int i = 0; i < 10; i++) {
            advance(50);
            connection.received(Frame.text("{}"));
        }
        assertThat(upper.received).hasSize(9);
        assertThat(upper.closed).containsExactly(CloseReason.TIMEOUT);
    }

    @Test
    void aPeerThatGoesLeavesNoAlarms() {
        connection.closed(CloseReason.NORMAL);
        assertThat(upper.closed).containsExactly(CloseReason.NORMAL);
        assertThat(time.waiting()).isZero();
        connection.received(Frame.text("{}"));
        assertThat(upper.received).isEmpty();
    }

    @Test
    void aPeerThatAnswersTheCloseIsNotCut() {
        upper.transport().close(CloseReason.DRAINING);
        connection.closed(CloseReason.LOST);
        assertThat(upper.closed).containsExactly(CloseReason.DRAINING);
        assertThat(time.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, no_token, Authentication error: No token provided",
        "TIMEOUT, connect_timeout, Connect timeout",
        "BAD_FRAME, bad_frame, Bad frame",
        "TOO_LARGE, too_large, Frame too large",
        "RATE, rate_limited, Rate limit exceeded",
        "DRAINING, server_draining, Server is draining",
    })
    void aCloseWithoutASessionHasALastWord(CloseReason reason, String code, String message) {
        upper.transport().close(reason);
        assertThat(carrier.told).containsExactly(error(code, message), "close " + reason.code());
        assertThat(upper.closed).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_FRAME, bad_frame, Bad frame",
        "SLOW_CONSUMER, slow_consumer, Slow consumer",
        "TOO_LARGE, too_large, Frame too large",
        "RATE, rate_limited, Rate limit exceeded",
    })
    void aCloseOfASessionHasALastWordThatNoEventSaid(CloseReason reason, String code, String message) {
        greet();
        upper.transport().close(reason);
        assertThat(carrier.told).endsWith(error(code, message), "close " + reason.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAUTHENTICATED", "TIMEOUT", "DISCONNECTED", "DRAINING"})
    void aCloseThatWasAnnouncedOrSpeaksForItselfHasNone(CloseReason reason) {
        greet();
        upper.transport().close(reason);
        assertThat(carrier.told).hasSize(2).last().isEqualTo("close " + reason.code());
    }

    @ParameterizedTest
    @CsvSource({
        "no_token, 4401",
        "invalid_token, 4401",
        "token_expired, 4401",
        "verification_failed, 4401",
        "too_many_connections, 4429",
        "server_draining, 4503",
    })
    void aRefusedConnectIsSaidOnceAndCloses(String code, int closeCode) {
        Payload data = Payload.object().put("code", code).end();
        upper.say(new Outbound.Refused("/", "text", Optional.of(data)));
        assertThat(carrier.told).containsExactly(error(code, "text"), "close " + closeCode);
        assertThat(upper.closed).hasSize(1);
    }

    @Test
    void aFrameAboveTheBoundCloses() {
        greet();
        connection.received(Frame.text("ä".repeat(25)));
        assertThat(upper.received).hasSize(1);
        connection.received(Frame.text("ä".repeat(25) + "x"));
        assertThat(upper.received).hasSize(1);
        assertThat(carrier.told).endsWith(error("too_large", "Frame too large"), "close 4413");
    }

    @Test
    void aFrameTheContainerDoesNotTakeClosesAlike() {
        greet();
        connection.overflowed();
        assertThat(carrier.told).endsWith(error("too_large", "Frame too large"), "close 4413");
        assertThat(upper.closed).containsExactly(CloseReason.TOO_LARGE);
    }

    @Test
    void theLastWordWaitsForTheWriteUnderWay() {
        greet();
        carrier.hold();
        say("under way");
        upper.transport().close(CloseReason.SLOW_CONSUMER);
        assertThat(upper.closed).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(carrier.told).endsWith("under way");
        carrier.complete();
        assertThat(carrier.told).endsWith("under way", error("slow_consumer", "Slow consumer"));
        carrier.complete();
        assertThat(carrier.told).endsWith(error("slow_consumer", "Slow consumer"), "close 4409");
    }

    @Test
    void aPeerThatReadsNothingIsCut() {
        greet();
        carrier.hold();
        say("under way");
        upper.transport().close(CloseReason.SLOW_CONSUMER);
        advance(5_000);
        assertThat(carrier.told).endsWith("under way", "terminate");
    }

    @Test
    void aLastWordThatCannotBeSaidIsNoReasonNotToClose() {
        greet();
        carrier.hold();
        upper.transport().close(CloseReason.BAD_FRAME);
        carrier.fail();
        assertThat(carrier.told).endsWith(error("bad_frame", "Bad frame"), "close 4400");
    }

    @Test
    void aWriteThatFailsCutsTheConnection() {
        carrier.hold();
        say("a");
        carrier.fail();
        assertThat(upper.failures).isOne();
        assertThat(upper.closed).containsExactly(CloseReason.LOST);
        assertThat(carrier.told).endsWith("terminate");
    }

    @Test
    void nothingIsWrittenBehindTheClose() {
        upper.transport().close(CloseReason.NORMAL);
        say("late");
        assertThat(upper.failures).isOne();
        assertThat(carrier.told).containsExactly("close 1000");
    }

    @Test
    void theLayerAboveMayCloseInTheMidstOfAFrame() {
        upper.closesOnReceived = true;
        connection.received(Frame.text("x"));
        connection.received(Frame.text("y"));
        assertThat(upper.received).hasSize(1);
        assertThat(upper.closed).containsExactly(CloseReason.BAD_FRAME);
    }

    @Test
    void whoOffersNoSubprotocolOrOursAmongOthersIsWelcome() {
        assertThat(acceptor.refuse(handshake())).isEmpty();
        assertThat(acceptor.refuse(offering("realtime.v1.json"))).isEmpty();
        assertThat(acceptor.refuse(offering("chat, realtime.v1.json"))).isEmpty();
        assertThat(acceptor.refuse(offering("chat", "realtime.v1.json"))).isEmpty();
    }

    @Test
    void whoOffersOtherSubprotocolsOnlyIsRefused() {
        Refusal refusal = acceptor.refuse(offering("chat, REALTIME.V1.JSON")).orElseThrow();
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.reason()).isEqualTo(CloseReason.BAD_FRAME);
        assertThat(refusal.lastWord().map(Frame::text)).contains(error("bad_frame", "Unsupported subprotocol"));
    }

    @Test
    void aRefusalOfTheLayerAboveCanAlsoBeSaidBehindTheUpgrade() {
        upper.refusal = Optional.of(new Refusal(
                429,
                "{\"code\":\"rate_limited\",\"message\":\"Rate limit exceeded\"}",
                CloseReason.RATE,
                Optional.of(Duration.ofSeconds(3))));
        Refusal refusal = acceptor.refuse(handshake()).orElseThrow();
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(refusal.lastWord().map(Frame::text)).contains(error("rate_limited", "Rate limit exceeded"));
    }

    @Test
    void aForeignOriginHasACodeOfItsOwn() {
        upper.refusal =
                Optional.of(new Refusal(403, "{\"code\":4,\"message\":\"Forbidden\"}", CloseReason.FORBIDDEN_ORIGIN));
        Refusal refusal = acceptor.refuse(handshake()).orElseThrow();
        assertThat(refusal.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(refusal.lastWord().map(Frame::text)).contains(error("forbidden_origin", "Forbidden"));
    }

    private void greet() {
        say("{\"event\":\"connected\"}");
    }

    private void say(String text) {
        upper.write(List.of(Frame.text(text)));
    }

    private void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    private static Handshake handshake() {
        return new Handshake("/realtime", Map.of(), Map.of(), Optional.empty());
    }

    private static Handshake offering(String... lines) {
        return new Handshake("/realtime", Map.of(), Map.of("Sec-WebSocket-Protocol", List.of(lines)), Optional.empty());
    }

    /** The layer above. */
    private static final class Upper implements Acceptor, Connection, Transport.Completion {
        private final List<Frame> received = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private final List<Transport> transports = new ArrayList<>();
        private Optional<Refusal> refusal = Optional.empty();
        private boolean closesOnReceived;
        private int failures;

        Transport transport() {
            return transports.get(0);
        }

        void say(Outbound message) {
            write(new PlainProtocol(SETTINGS).encode(message));
        }

        void write(List<Frame> frames) {
            transport().write(frames, this);
        }

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return refusal;
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            transports.add(transport);
            return this;
        }

        @Override
        public void received(Frame frame) {
            received.add(frame);
            if (closesOnReceived) {
                transport().close(CloseReason.BAD_FRAME);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }

        @Override
        public void written() {}

        @Override
        public void failed(Throwable cause) {
            failures++;
        }
    }
}
