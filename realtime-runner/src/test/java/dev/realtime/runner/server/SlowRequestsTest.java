package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time, on a server with little patience. */
class SlowRequestsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int MORE_THAN_THE_NETWORK_HOLDS = 20_000_000;

    private Running running = Running.with(settings -> settings.with(new RequestPatience(SHORT, LONG, LONG)));

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aClientThatSaysNothingIsCut() throws Exception {
        try (RawClient silent = new RawClient(running.port())) {
            assertThat(silent.hasEnded()).isTrue();
        }
    }

    @Test
    void aHeadThatTricklesInIsCutHoweverBusyItIs() throws Exception {
        try (RawClient slow = new RawClient(running.port())) {
            Thread trickle = new Thread(() -> trickle(slow));
            trickle.start();
            assertThat(slow.hasEnded()).isTrue();
            trickle.join();
        }
    }

    @Test
    void theNextHeadOnAConnectionIsNotWaitedForLongerThanTheFirst() throws Exception {
        try (RawClient client = new RawClient(running.port())) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
            client.send(bytes("GET / HTTP/1.1\r\nHos"));
            assertThat(client.hasEnded()).isTrue();
        }
    }

    @Test
    void aBodyHasItsOwnTimeAndIsCutAfterIt() throws Exception {
        running.close();
        running = Running.with(settings -> settings.with(new RequestPatience(LONG, SHORT, LONG)));
        try (RawClient page = new RawClient(running.port());
                RawClient poll = new RawClient(running.port())) {
            page.send(bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
            poll.send(bytes("POST /socket.io/?EIO=4 HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
            assertThat(page.hasEnded()).isTrue();
            assertThat(poll.hasEnded()).isTrue();
        }
    }

    @Test
    void whoHasAskedMayWaitForTheAnswerAndWhoIsUpgradedMayBeSilent() throws Exception {
        running.close();
        running = Running.with(settings -> settings.with(new RequestPatience(SHORT, SHORT, SHORT)));
        try (RawClient idle = running.connected();
                RawClient silent = new RawClient(running.port())) {
            // The silent one is cut when the time of the upgraded one would be over, too.
            assertThat(silent.hasEnded()).isTrue();
            idle.text("still here");
            assertThat(idle.receive().text()).isEqualTo("still here");
        }
    }

    @Test
    void aConnectionWithNothingToDoIsCut() throws Exception {
        running.close();
        running = Running.with(SlowRequestsTest::soonIdle);
        try (RawClient client = new RawClient(running.port())) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            assertThat(client.hasEnded()).isTrue();
        }
    }

    @Test
    void whoDoesNotReadTheAnswerIsCutInItsMidst() throws Exception {
        running.close();
        running = Running.with(
                request -> Response.json(200, "x".repeat(MORE_THAN_THE_NETWORK_HOLDS)), SlowRequestsTest::soonIdle);
        try (RawClient deaf = new RawClient(running.port(), 4_096);
                RawClient later = new RawClient(running.port())) {
            deaf.send(bytes(GET));
            assertThat(later.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
            // The later one is cut when the time of the one that does not read is over, too.
            assertThat(later.hasEnded()).isTrue();
            assertThat(deaf.countToEnd()).isLessThan(MORE_THAN_THE_NETWORK_HOLDS);
        }
    }

    @Test
    void whoAwaitsAnAnswerIsNotIdle() throws Exception {
        CountDownLatch wanted = new CountDownLatch(1);
        running.close();
        running = Running.with(request -> answerAfter(wanted), SlowRequestsTest::soonIdle);
        try (RawClient patient = new RawClient(running.port());
                RawClient idle = new RawClient(running.port())) {
            patient.send(bytes(GET));
            // The idle one is cut when the time of the other would be over, too.
            assertThat(idle.hasEnded()).isTrue();
            wanted.countDown();
            assertThat(patient.answer().body()).isEqualTo("{}");
        }
    }

    @Test
    void aHeadThatIsTooLargeOrHasTooManyLinesIsRefused() throws Exception {
        running.close();
        running = Running.with(settings -> settings);
        try (RawClient large = new RawClient(running.port());
                RawClient many = new RawClient(running.port())) {
            assertThat(large.exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")
                            .status())
                    .isBetween(400, 431);
            assertThat(many.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n".repeat(200) + "\r\n")
                            .status())
                    .isBetween(400, 431);
        }
    }

    private static ServerSettings soonIdle(ServerSettings settings) {
        return settings.with(new RequestPatience(LONG, LONG, SHORT));
    }

    private static Response answerAfter(CountDownLatch wanted) {
        try {
            wanted.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return Response.json(200, "{}");
    }

    private static void trickle(RawClient slow) {
        try {
            slow.send(bytes("GET / HTTP/1.1\r\nHost: a\r\nX: "));
            for (int i = 0; i < 10_000; i++) {
                slow.send(bytes("x"));
                LockSupport.parkNanos(1_000_000);
            }
        } catch (java.io.IOException cut) {
            // As it should be.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
