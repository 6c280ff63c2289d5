package dev.realtime.protocol.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.protocol.Protocol;
import dev.realtime.transport.Frame;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacketEncoderTest {
    private static final SessionId SESSION = new SessionId("abcdefghij0123456-_Z");

    private final Protocol protocol = new SocketIoProtocol(SocketIoSettings.defaults());

    @Test
    void aConnectIsAnsweredWithTheSidAlone() {
        assertThat(text(new Outbound.Connected("/", SESSION))).isEqualTo("40{\"sid\":\"abcdefghij0123456-_Z\"}");
        assertThat(text(new Outbound.Connected("/api/v1", SESSION)))
                .isEqualTo("40/api/v1,{\"sid\":\"abcdefghij0123456-_Z\"}");
    }

    @Test
    void aRefusalHasDataOnlyWhenThereIsSome() {
        assertThat(text(new Outbound.Refused("/random", "Invalid namespace", Optional.empty())))
                .isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        Payload data = Payload.object().put("code", "invalid_token").end();
        assertThat(text(new Outbound.Refused("/", "Authentication error: Invalid token", Optional.of(data))))
                .isEqualTo(
                        "44{\"message\":\"Authentication error: Invalid token\",\"data\":{\"code\":\"invalid_token\"}}");
    }

    @Test
    void anEventIsAListThatBeginsWithItsName() {
        assertThat(text(new Outbound.Event("/", "auth", List.of(Payload.emptyObject()))))
                .isEqualTo("42[\"auth\",{}]");
        assertThat(text(new Outbound.Event("/x", "none", List.of()))).isEqualTo("42/x,[\"none\"]");
        assertThat(text(new Outbound.Event(
                        "/",
                        "message-back",
                        List.of(Payload.parse("1"), Payload.parse("\"2\""), Payload.parse("[3,null]")))))
                .isEqualTo("42[\"message-back\",1,\"2\",[3,null]]");
    }

    @Test
    void theNameOfAnEventIsAJsonText() {
        assertThat(text(new Outbound.Event("/", "a\"b\\\n", List.of()))).isEqualTo("42[\"a\\\"b\\\\\\n\"]");
        assertThat(text(new Outbound.Event("/", "é😀", List.of()))).isEqualTo("42[\"é😀\"]");
        assertThat(text(new Outbound.Event("/", "", List.of()))).isEqualTo("42[\"\"]");
    }

    @Test
    void anAckRepeatsTheId() {
        assertThat(text(new Outbound.Ack("/", 0, List.of()))).isEqualTo("430[]");
        assertThat(text(new Outbound.Ack("/x", 9007199254740991L, List.of(Payload.of(true), Payload.of("a")))))
                .isEqualTo("43/x,9007199254740991[true,\"a\"]");
    }

    @Test
    void aDisconnectNamesItsNamespace() {
        assertThat(text(new Outbound.Disconnected("/"))).isEqualTo("41");
        assertThat(text(new Outbound.Disconnected("/custom"))).isEqualTo("41/custom,");
    }

    @Test
    void binaryValuesFollowInWalkOrder() {
        Payload nested = Payload.of(List.of(new byte[] {2}, Map.of("deep", new byte[] {3})));
        List<Frame> frames = protocol.encode(
                new Outbound.Event("/", "bin", List.of(Payload.of(new byte[] {1}), Payload.of("x"), nested)));
        assertThat(frames.get(0).text())
                .isEqualTo("453-[\"bin\",{\"_placeholder\":true,\"num\":0},\"x\","
                        + "[{\"_placeholder\":true,\"num\":1},{\"deep\":{\"_placeholder\":true,\"num\":2}}]]");
        assertThat(frames).extracting(Frame::isText).containsExactly(true, false, false, false);
        assertThat(frames.subList(1, 4))
                .extracting(Frame::content)
                .containsExactly(new byte[] {1}, new byte[] {2}, new byte[] {3});
    }

    @Test
    void anAckCarriesBinaryToo() {
        List<Frame> frames = protocol.encode(new Outbound.Ack("/x", 4, List.of(Payload.of(new byte[0]))));
        assertThat(frames.get(0).text()).isEqualTo("461-/x,4[{\"_placeholder\":true,\"num\":0}]");
        assertThat(frames.get(1).content()).isEmpty();
    }

    @Test
    void binaryWhoseJsonWasMadeBeforeStillGoesAsAttachment() {
        Payload binary = Payload.of(Map.of("file", new byte[] {1}));
        assertThat(binary.size()).isPositive();
        assertThat(protocol.encode(new Outbound.Event("/", "bin", List.of(binary))))
                .hasSize(2);
    }

    @Test
    void theSameBytesAreSentOnce() {
        Payload one = Payload.of(new byte[] {1});
        List<Frame> frames = protocol.encode(new Outbound.Event("/", "bin", Collections.nCopies(12, one)));
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0).text()).startsWith("451-[\"bin\",{\"_placeholder\":true,\"num\":0},");
    }

    @Test
    void moreThanTenBinaryValuesAreRefused() {
        List<Payload> eleven = IntStream.range(0, 11)
                .mapToObj(i -> Payload.of(new byte[] {(byte) i}))
                .toList();
        assertThat(protocol.encode(new Outbound.Event("/", "bin", eleven.subList(0, 10))))
                .hasSize(11);
        assertThatIllegalArgumentException().isThrownBy(() -> protocol.encode(new Outbound.Event("/", "bin", eleven)));
    }

    @Test
    void aLargePayloadIsCopiedWhole() {
        Payload large = Payload.of("é".repeat(50_000));
        assertThat(text(new Outbound.Event("/x", "large", List.of(Payload.of(1), large, Payload.of(2)))))
                .isEqualTo("42/x,[\"large\",1,\"" + "é".repeat(50_000) + "\",2]");
    }

    @Test
    void theProtocolHasItsName() {
        assertThat(protocol.name()).isEqualTo("socketio");
    }

    private String text(Outbound message) {
        List<Frame> frames = protocol.encode(message);
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).isText()).isTrue();
        return frames.get(0).text();
    }
}
