package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
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
    /** Enough to be in time, also on a machine that is busy. */
    private static final Duration FAIR = Duration.ofSeconds(2);

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int MORE_THAN_THE_NETWORK_HOLDS = 20_000_000;

    private Running running = Running.with(settings -> settings.with(new RequestPatience(SHORT, LONG, LONG)));

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void aClientThatSaysNothingIsCut() throws Exception {
        try (RawSocket silent = new RawSocket(running.port())) {
            silent.awaitEnd();
        }
    }

    @Test
    void aHeadThatTricklesInIsCutHoweverBusyItIs() throws Exception {
        try (RawSocket slow = new RawSocket(running.port())) {
            Thread trickle = new Thread(() -> trickle(slow));
            trickle.start();
            slow.awaitEnd();
            trickle.join();
        }
    }

    @Test
    void theNextHeadOnAConnectionIsNotWaitedForLongerThanTheFirst() throws Exception {
        running.close();
        running = Running.with(settings -> settings.with(new RequestPatience(FAIR, LONG, LONG)));
        try (RawSocket client = new RawSocket(running.port())) {
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
            client.send(bytes("GET / HTTP/1.1\r\nHos"));
            client.awaitEnd();
        }
    }

    @Test
    void aBodyHasItsOwnTimeAndIsCutAfterIt() throws Exception {
        running.close();
        running = Running.with(settings -> settings.with(new RequestPatience(LONG, SHORT, LONG)));
        try (RawSocket page = new RawSocket(running.port());
                RawSocket poll = new RawSocket(running.port())) {
            page.send(bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
            poll.send(bytes("POST /socket.io/?EIO=4 HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
            page.awaitEnd();
            poll.awaitEnd();
        }
    }

    @Test
    void whoHasAskedMayWaitForTheAnswerAndWhoIsUpgradedMayBeSilent() throws Exception {
        running.close();
        running = Running.with(settings -> settings.with(new RequestPatience(FAIR, FAIR, FAIR)));
        try (RawSocket idle = running.connected();
                RawSocket silent = new RawSocket(running.port())) {
            // The silent one is cut when the time of the upgraded one would be over, too.
            silent.awaitEnd();
            idle.text("still here");
            assertThat(idle.nextFrame().text()).isEqualTo("still here");
        }
    }

    @Test
    void aConnectionWithNothingToDoIsCut() throws Exception {
        running.close();
        running = Running.with(SlowRequestsTest::soonIdle);
        try (RawSocket client = new RawSocket(running.port())) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            client.awaitEnd();
        }
    }

    @Test
    void whoDoesNotReadTheAnswerIsCutInItsMidst() throws Exception {
        running.close();
        running = Running.with(
                request -> Response.json(200, "x".repeat(MORE_THAN_THE_NETWORK_HOLDS)), SlowRequestsTest::soonIdle);
        try (RawSocket deaf = new RawSocket(running.port(), 4_096);
                RawSocket later = new RawSocket(running.port())) {
            deaf.send(bytes(GET));
            assertThat(later.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
            // The later one is cut when the time of the one that does not read is over, too.
            later.awaitEnd();
            assertThat(deaf.readToEnd()).hasSizeLessThan(MORE_THAN_THE_NETWORK_HOLDS);
        }
    }

    @Test
    void whoAwaitsAnAnswerIsNotIdle() throws Exception {
        CountDownLatch wanted = new CountDownLatch(1);
        running.close();
        running = Running.with(request -> answerAfter(wanted), SlowRequestsTest::soonIdle);
        try (RawSocket patient = new RawSocket(running.port());
                RawSocket idle = new RawSocket(running.port())) {
            patient.send(bytes(GET));
            // The idle one is cut when the time of the other would be over, too.
            idle.awaitEnd();
            wanted.countDown();
            assertThat(patient.answer().body()).isEqualTo("{}");
        }
    }

    @Test
    void aHeadThatIsTooLargeOrHasTooManyLinesIsRefused() throws Exception {
        running.close();
        running = Running.with(settings -> settings);
        try (RawSocket large = new RawSocket(running.port());
                RawSocket many = new RawSocket(running.port())) {
            assertThat(large.exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")
                            .status())
                    .isBetween(400, 431);
            assertThat(many.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n".repeat(200) + "\r\n")
                            .status())
                    .isBetween(400, 431);
        }
    }

    private static ServerSettings soonIdle(ServerSettings settings) {
        return settings.with(new RequestPatience(LONG, LONG, FAIR));
    }

    private static Response answerAfter(CountDownLatch wanted) {
        try {
            wanted.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return Response.json(200, "{}");
    }

    private static void trickle(RawSocket slow) {
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
