package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
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
        try (RawClient slow = new RawClient(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = stuffed(line.transport);

            try (RawClient other = running.connected()) {
                other.text("unaffected");
                assertThat(other.receive().text()).isEqualTo("unaffected");
            }
            assertThat(outcome).isNotDone();
            line.transport.terminate();
            assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
            assertThat(slow.hasEnded()).isTrue();
        }
    }

    @Test
    void closingASlowClientCutsItAfterTheGrace() throws Exception {
        try (RawClient slow = new RawClient(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = stuffed(line.transport);
            line.transport.close(CloseReason.SLOW_CONSUMER);
            assertThat(outcome).isNotDone();
            running.timers.advance(Duration.ofSeconds(5));
            assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(line.end()).isEqualTo(CloseReason.LOST);
        }
    }

    @Test
    void aClientThatCatchesUpGetsEverythingInOrder() throws Exception {
        try (RawClient slow = new RawClient(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = stuffed(line.transport);
            slow.send(RawClient.masked(0x89, new byte[] {9}));
            for (int i = 0; i < 200; i++) {
                assertThat(slow.receive().content()).hasSize(100_000);
            }
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("written");
            assertThat(slow.receive().content()).containsExactly(9);
        }
    }

    @Test
    void aFloodOfPingsFromAClientThatDoesNotReadIsAnsweredByItsLatest() throws Exception {
        try (RawClient slow = new RawClient(running.port(), 4_096)) {
            assertThat(slow.upgrade("/socket.io/").status()).isEqualTo(101);
            Echo.Line line = running.echo.next();
            CompletableFuture<String> outcome = stuffed(line.transport);
            for (int i = 0; i < 10_000; i++) {
                slow.send(RawClient.masked(0x89, new byte[] {(byte) (i >>> 8), (byte) i}));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(slow.receive().content()).hasSize(100_000);
            }
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("written");
            line.send(Frame.text("end"));
            int pongs = 0;
            byte[] last = {};
            for (RawClient.Received next = slow.receive(); next.first() == 0x8a; next = slow.receive()) {
                last = next.content();
                pongs++;
            }
            assertThat(pongs).isBetween(1, 10_000);
            assertThat(last).hasSize(2);
        }
    }

    /** A write of 20 MB in one go, far more than the kernel takes. */
    private static CompletableFuture<String> stuffed(Transport transport) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        transport.write(Collections.nCopies(200, Frame.binary(new byte[100_000])), new Transport.Completion() {
            @Override
            public void written() {
                outcome.complete("written");
            }

            @Override
            public void failed(Throwable cause) {
                outcome.completeExceptionally(cause);
            }
        });
        return outcome;
    }
}
