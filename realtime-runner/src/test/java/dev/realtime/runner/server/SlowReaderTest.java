package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
    private final Running running = new Running();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aWriteToAClientThatNeverReadsStaysIncompleteUntilTerminated() throws Exception {
        try (RawSocket slow = new RawSocket(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = Echo.stuffed(line.transport);

            try (RawSocket other = running.connected()) {
                other.text("unaffected");
                assertThat(other.nextFrame().text()).isEqualTo("unaffected");
            }
            assertThat(outcome).isNotDone();
            line.transport.terminate();
            assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
            slow.awaitEnd();
        }
    }

    @Test
    void closingASlowClientCutsItAfterTheGrace() throws Exception {
        try (RawSocket slow = new RawSocket(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = Echo.stuffed(line.transport);
            line.transport.close(CloseReason.SLOW_CONSUMER);
            assertThat(outcome).isNotDone();
            running.timers.advance(Duration.ofSeconds(5));
            assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    @Test
    void aClientThatCatchesUpGetsEverythingInOrder() throws Exception {
        try (RawSocket slow = new RawSocket(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = Echo.stuffed(line.transport);
            slow.send(RawSocket.masked(0x89, new byte[] {9}));
            for (int i = 0; i < 200; i++) {
                assertThat(slow.nextFrame().content()).hasSize(100_000);
            }
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("written");
            assertThat(slow.nextFrame().content()).containsExactly(9);
        }
    }

    @Test
    void aFloodOfPingsFromAClientThatDoesNotReadIsAnsweredByItsLatest() throws Exception {
        try (RawSocket slow = new RawSocket(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = Echo.stuffed(line.transport);
            for (int i = 0; i < 10_000; i++) {
                slow.send(RawSocket.masked(0x89, new byte[] {(byte) (i >>> 8), (byte) i}));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(slow.nextFrame().content()).hasSize(100_000);
            }
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("written");
            line.send(Frame.text("end"));
            int pongs = 0;
            byte[] last = {};
            for (RawSocket.Received next = slow.nextFrame(); next.first() == 0x8a; next = slow.nextFrame()) {
                last = next.content();
                pongs++;
            }
            assertThat(pongs).isBetween(1, 10_000);
            assertThat(last).hasSize(2);
        }
    }
}
