package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.PollingFixture.RS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says by its POSTs. */
class PostsTest {
    private final PollingFixture http = new PollingFixture();

    @BeforeEach
    void open() {
        http.open();
    }

    @Test
    void thePacketsOfAPostGoUpInOrderBeforeItIsAnswered() {
        TestExchange post = http.ask(http.of("POST"));
        http.io.upper.onReceived =
                (transport, frame) -> assertThat(post.isAnswered()).isFalse();
        post.body("4a" + RS + "bAQI=" + RS + "4\u20ac");
        assertThat(post.status()).isEqualTo(200);
        assertThat(post.text()).isEqualTo("ok");
        assertThat(post.header("Content-Type")).contains("text/html");
        assertThat(http.io.upper.received).extracting(Frame::isText).containsExactly(true, false, true);
        assertThat(http.io.upper.received.get(1).content()).containsExactly(1, 2);
        assertThat(http.io.upper.received.get(2).text()).isEqualTo("4\u20ac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "2", "2probe", "7", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "bAQ", "b!!!!"})
    void aBodyThatIsNotOfTheProtocolEndsTheSession(String body) {
        TestExchange get = http.poll();
        TestExchange post = http.post(body);
        assertThat(post.status()).isEqualTo(400);
        assertThat(post.text()).isEmpty();
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void thePacketsBeforeABadOneCount() {
        http.post("4a" + RS + "4b" + RS + "x" + RS + "4c");
        assertThat(http.io.upper.received).extracting(Frame::text).containsExactly("4a", "4b");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "5", "6"})
    void packetsWithoutAMeaningFromAClientAreIgnored(String packet) {
        assertThat(http.post(packet).text()).isEqualTo("ok");
        assertThat(http.io.upper.closed).isEmpty();
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void nothingAfterAGoodbyeIsHeard() {
        assertThat(http.post("4a" + RS + "1" + RS + "4b").text()).isEqualTo("ok");
        assertThat(http.io.upper.received).extracting(Frame::text).containsExactly("4a");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
    }

    @Test
    void sizesAreCountedInBytes() {
        assertThat(http.post("4" + "\u20ac".repeat(333)).status()).isEqualTo(200);
        assertThat(http.post("4" + "x".repeat(999)).status()).isEqualTo(200);
        TestExchange get = http.poll();
        TestExchange post = http.post("4" + "\u20ac".repeat(333) + "x");
        assertThat(post.status()).isEqualTo(413);
        assertThat(post.text()).isEmpty();
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.io.upper.received).hasSize(2);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.TOO_LARGE);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
    }

    @Test
    void aSecondPostEndsTheSession() {
        TestExchange get = http.poll();
        TestExchange first = http.ask(http.of("POST"));
        TestExchange second = http.post("4b");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.text()).isEmpty();
        assertThat(first.status()).isEqualTo(400);
        assertThat(get.text()).isEqualTo("1");
        first.body("4a");
        assertThat(http.io.upper.received).isEmpty();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
    }

    @Test
    void aPostThatIsCutEndsTheSession() {
        http.ask(http.of("POST")).go();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(http.isAlive()).isFalse();
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aPostThatNeverEndsEndsWithItsSession() {
        TestExchange post = http.ask(http.of("POST"));
        http.io.advance(500);
        assertThat(post.status()).isEqualTo(400);
        assertThat(post.text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.TIMEOUT);
    }

    @Test
    void bytesAreOfAnOlderVersionAndEndTheSession() {
        TestExchange post = http.ask(http.of("POST", Map.of("content-type", "Application/Octet-Stream")));
        assertThat(post.status()).isEqualTo(400);
        assertThat(post.text()).isEmpty();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.BAD_FRAME);
        assertThat(http.isAlive()).isFalse();
    }

    @Test
    void aPostWithTheUsualTypeIsText() {
        TestExchange post = http.ask(http.of("POST", Map.of("content-type", "text/plain;charset=UTF-8")));
        assertThat(post.body("4a").text()).isEqualTo("ok");
    }

    @Test
    void aCloseWithinAPostIsToldWhenThePacketIsOver() {
        http.io.upper.onReceived = (transport, frame) -> {
            transport.close(CloseReason.UNAUTHENTICATED);
            assertThat(http.io.upper.closed).isEmpty();
        };
        assertThat(http.post("4a" + RS + "4b").text()).isEqualTo("ok");
        assertThat(http.io.upper.received).hasSize(1);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.UNAUTHENTICATED);
        assertThat(http.poll().text()).isEqualTo("6" + RS + "1");
    }

    @Test
    void anEchoIsQueuedBeforeThePostIsAnswered() {
        http.io.upper.onReceived = (transport, frame) -> http.write(frame.text());
        http.post("4a");
        assertThat(http.poll().text()).isEqualTo("4a");
    }

    @Property(tries = 300)
    void whateverIsPostedTheSessionEndsOnceOrLives(@ForAll List<String> bodies) {
        PollingFixture other = new PollingFixture();
        other.open();
        bodies.forEach(other::post);
        assertThat(other.io.upper.closed).hasSizeLessThanOrEqualTo(1);
        assertThat(other.isAlive()).isEqualTo(other.io.upper.closed.isEmpty());
        other.io.upper.transport().terminate();
        assertThat(other.io.upper.closed).hasSize(1);
        assertThat(other.io.time.waiting()).isZero();
    }
}
