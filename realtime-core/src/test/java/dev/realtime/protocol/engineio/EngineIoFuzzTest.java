package dev.realtime.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.realtime.testkit.Messages;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import java.nio.charset.StandardCharsets;

/** What a client sends to a session, as packets over WebSocket and as bodies of POSTs. Nothing is thrown at all. */
class EngineIoFuzzTest {

    @FuzzTest
    void packetsAreHeardOrEndTheSession(byte[] input) {
        EngineIoFixture session = new EngineIoFixture();
        Connection link = session.open();
        Messages.in(input).forEach(link::received);
        assertThat(session.carrier.ends).hasSameSizeAs(session.upper.closed);
        link.closed(CloseReason.LOST);
        assertThat(session.upper.closed).hasSize(1);
        assertThat(session.time.waiting()).isZero();
    }

    @FuzzTest
    void bodiesAreHeardOrEndTheSession(byte[] input) {
        PollingFixture session = new PollingFixture();
        session.open();
        TestExchange post = session.post(new String(input, StandardCharsets.UTF_8));
        assertThat(post.status()).isIn(200, 400, 413);
        assertThat(session.isAlive()).isEqualTo(session.io.upper.closed.isEmpty());
        session.io.upper.transport().terminate();
        assertThat(session.io.upper.closed).hasSize(1);
        assertThat(session.io.time.waiting()).isZero();
    }
}
