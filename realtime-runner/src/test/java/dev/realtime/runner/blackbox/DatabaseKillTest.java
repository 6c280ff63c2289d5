package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is killed under load and comes back: every acknowledged message is there, every failure was told, and
 * senders go on without a restart of anything. {@code -Doutage.seconds=10} makes the outage as long as an operator's.
 */
class DatabaseKillTest {
    private static final int SENDERS = 20;
    private static final String ROOM = "test-room";
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 2));

    @TempDir
    private Path data;

    @TempDir
    private Path cluster;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<JsonNode> acknowledged = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aKilledDatabaseLosesNothingThatWasAcknowledged() throws Exception {
        int port = FreePort.outsideTheUsualRange();
        EmbeddedPostgres database = database(port);
        Environment environment = Environment.development(data)
                .with("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + port + "/postgres")
                .with("RATE_EVENTS_PER_SECOND", "0")
                .with("RATE_MESSAGES_PER_SECOND", "0");
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (RunningServer server = RunningServer.start(environment)) {
            List<Future<?>> senders = IntStream.range(0, SENDERS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> sendUntilOver(server, i)))
                    .toList();
            awaitMoreAcks(200);
            long down = System.nanoTime();
            kill();
            database.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> failures.get() >= SENDERS && System.nanoTime() - down > OUTAGE.toNanos());
            EmbeddedPostgres again = database(port);
            try {
                awaitMoreAcks(200);
                isOver.set(true);
                for (Future<?> sender : senders) {
                    sender.get(60, TimeUnit.SECONDS);
                }
                assertAllAreThere(server);
            } finally {
                again.close();
            }
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
    }

    /** Sends one after the other and repeats what failed, as a client does that means it. */
    private void sendUntilOver(RunningServer server, int sender) {
        try (StockClient client = StockClient.connected(server.port(), Tokens.of("sender-" + sender, "patient"))) {
            for (int i = 0; !isOver.get(); i++) {
                Map<String, String> message =
                        Map.of("roomId", ROOM, "message", "m" + i, "clientMessageId", sender + "/" + i);
                JsonNode ack = client.ask("message:send", message);
                while (!ack.path("success").booleanValue()) {
                    assertThat(ack.path("error").textValue()).isEqualTo("Failed to send message");
                    assertThat(ack.path("code").textValue()).isEqualTo("unavailable");
                    failures.incrementAndGet();
                    ack = client.ask("message:send", message);
                }
                acknowledged.add(ack.path("message"));
            }
        }
    }

    private void assertAllAreThere(RunningServer server) {
        try (StockClient reader = StockClient.connected(server.port(), Tokens.patient())) {
            List<JsonNode> stored = new ArrayList<>();
            boolean hasMore = true;
            while (hasMore) {
                long last = stored.isEmpty()
                        ? 0
                        : stored.get(stored.size() - 1).path("seq").longValue();
                JsonNode page = reader.ask("message:history", Map.of("roomId", ROOM, "afterSeq", last, "limit", 200));
                page.path("messages").forEach(stored::add);
                hasMore = page.path("hasMore").booleanValue();
            }
            Set<String> ids = new HashSet<>();
            stored.forEach(message ->
                    assertThat(ids.add(message.path("id").textValue())).isTrue());
            assertThat(stored)
                    .extracting(message -> message.path("seq").intValue())
                    .isEqualTo(IntStream.rangeClosed(1, stored.size()).boxed().toList());
            assertThat(stored)
                    .extracting(message -> message.path("clientMessageId").textValue())
                    .doesNotHaveDuplicates();
            assertThat(ids)
                    .containsAll(acknowledged.stream()
                            .map(message -> message.path("id").textValue())
                            .toList());
        }
    }

    private void awaitMoreAcks(int count) {
        int enough = acknowledged.size() + count;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= enough);
    }

    /** As {@code kill -9} does, the server process of PostgreSQL; its children notice by themselves. */
    private void kill() throws IOException {
        Path pidFile = cluster.resolve("data").resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0));
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        postmaster.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        all.add(postmaster);
        Awaitility.await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** A database that writes before it commits, as every one does but those that are started for tests. */
    private EmbeddedPostgres database(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }
}
