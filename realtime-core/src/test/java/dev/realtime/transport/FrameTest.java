package dev.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 2, 0",
        "1, 2, 1",
        "125, 2, 125",
        "126, 4, 126",
        "65535, 4, 126",
        "65536, 10, 127",
        "1000000, 10, 127",
    })
    void theHeaderHasTheLengthThatTheContentNeeds(int length, int header, int marker) {
        Frame frame = Frame.binary(new byte[length]);
        assertThat(frame.wire()).hasSize(header + length);
        assertThat(frame.wire()[0]).isEqualTo((byte) 0x82);
        assertThat(frame.wire()[1]).isEqualTo((byte) marker);
        assertThat(declaredLength(frame.wire())).isEqualTo(length);
        assertThat(frame.content()).hasSize(length);
        assertThat(frame.length()).isEqualTo(length);
        assertThat(frame.size()).isEqualTo(header + length);
    }

    @Test
    void aTextFrameOfBytesTakesOnlyTheFirstOfThem() {
        byte[] bytes = "hello, and more".getBytes(StandardCharsets.UTF_8);
        Frame frame = Frame.text(bytes, 5);
        Arrays.fill(bytes, (byte) 'x');
        assertThat(frame.text()).isEqualTo("hello");
        assertThat(frame.wire()).startsWith(0x81, 5, 'h');
    }

    @Test
    void aTextFrameIsUtf8OnTheWire() {
        Frame frame = Frame.text("é€😀");
        assertThat(frame.length()).isEqualTo(9);
        assertThat(frame.content()).isEqualTo("é€😀".getBytes(StandardCharsets.UTF_8));
        assertThat(frame.isText()).isTrue();
    }

    @Test
    void theWireBytesAreMadeOnce() {
        Frame frame = Frame.text("once");
        assertThat(frame.wire()).isSameAs(frame.wire());
    }

    @Property
    void theLengthIsThatOfTheEncodedText(@ForAll String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Frame frame = Frame.text(whole);
        int counted = frame.length();
        assertThat(counted).isEqualTo(frame.content().length);
        assertThat(frame.length()).isEqualTo(counted);
        assertThat(Frame.text(frame.content(), counted).text()).isEqualTo(whole);
    }

    private static long declaredLength(byte[] wire) {
        int marker = wire[1] & 0x7f;
        if (marker < 126) {
            return marker;
        }
        long length = 0;
        for (int i = 2; i < (marker == 126 ? 4 : 10); i++) {
            length = (length << 8) | (wire[i] & 0xff);
        }
        return length;
    }
}
