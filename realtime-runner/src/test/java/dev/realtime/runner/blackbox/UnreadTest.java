package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unread counts of two nodes on one database equal a recount (acceptance scenario 15). */
class UnreadTest {
    private static final int OPERATIONS = 500;
    private static final List<String> USERS = List.of("demo-patient-001", "demo-provider-001", "third");
    private static final List<String> ROOMS =
            List.of("chat:demo-patient-001:demo-provider-001:third", "chat:demo-patient-001:third", "test-room");

    @TempDir
    private Path data;

    private final List<Said> said = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();

    private record Said(String id, String room, int seq, String sender) {}

    @Test
    void unreadEqualsARecountAfterManyOperationsOnTwoNodes() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed of unread: " + seed);
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            String url = "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";
            Environment environment = Environment.development(data)
                    .with("DATABASE_URL", url)
                    .with("RATE_EVENTS_PER_SECOND", "0")
                    .with("RATE_MESSAGES_PER_SECOND", "0");
            try (RunningServer one = RunningServer.start(environment);
                    RunningServer two = RunningServer.start(environment)) {
                operate(new Random(seed), List.of(one, two));
            }
        }
    }

    private void operate(Random random, List<RunningServer> nodes) {
        Map<String, List<StockClient>> devices = new HashMap<>();
        for (String user : USERS) {
            devices.put(
                    user,
                    nodes.stream()
                            .map(node -> StockClient.connected(node.port(), Tokens.of(user, "patient")))
                            .toList());
        }
        for (int i = 0; i < OPERATIONS; i++) {
            String user = USERS.get(random.nextInt(USERS.size()));
            StockClient device = devices.getOrDefault(user, List.of()).get(random.nextInt(nodes.size()));
            if (said.isEmpty() || random.nextBoolean()) {
                send(device, user, random);
            } else {
                read(device, user, random);
            }
            if (i % 25 == 0 || i == OPERATIONS - 1) {
                devices.forEach((each, all) -> all.forEach(other -> assertRecounted(other, each)));
            }
        }
        devices.values().forEach(all -> all.forEach(StockClient::close));
    }

    private void send(StockClient device, String user, Random random) {
        List<String> own = ROOMS.stream().filter(room -> mayUse(user, room)).toList();
        String room = own.get(random.nextInt(own.size()));
        JsonNode ack = device.ask("message:send", Map.of("roomId", room, "message", "hi"));
        JsonNode message = ack.path("message");
        assertThat(message.path("seq").isInt()).as(ack.toString()).isTrue();
        said.add(new Said(
                message.path("id").textValue(), room, message.path("seq").intValue(), user));
    }

    private void read(StockClient device, String user, Random random) {
        Said one = said.get(random.nextInt(said.size()));
        boolean isNamed = random.nextBoolean();
        JsonNode ack = isNamed
                ? device.ask("message:read", Map.of("messageIds", List.of(one.id), "roomId", one.room))
                : device.ask("message:read", Map.of("messageIds", List.of(one.id)));
        assertThat(ack.path("success").booleanValue()).as(ack.toString()).isEqualTo(!isNamed || mayUse(user, one.room));
        if (mayUse(user, one.room)) {
            read.merge(user + " in " + one.room, one.seq, Math::max);
        }
    }

    private void assertRecounted(StockClient device, String user) {
        JsonNode ack = device.ask("message:unread", Map.of());
        Map<String, String> counted = new HashMap<>();
        ack.path("rooms")
                .forEach(room -> counted.put(
                        room.path("roomId").textValue(),
                        room.path("unread") + " after " + room.path("lastReadSeq") + " of " + room.path("lastSeq")));
        Map<String, String> recounted = new HashMap<>();
        long total = 0;
        for (String room : ROOMS) {
            List<Said> there =
                    said.stream().filter(one -> one.room.equals(room)).toList();
            int upTo = read.getOrDefault(user + " in " + room, 0);
            boolean isTheirs = upTo > 0
                    || there.stream().anyMatch(one -> one.sender.equals(user))
                    || List.of(room.split(":", -1)).contains(user);
            if (isTheirs && !there.isEmpty()) {
                long unread = there.stream()
                        .filter(one -> one.seq > upTo && !one.sender.equals(user))
                        .count();
                total += unread;
                recounted.put(room, unread + " after " + upTo + " of " + there.size());
            }
        }
        assertThat(counted).isEqualTo(recounted);
        assertThat(ack.path("total").longValue()).isEqualTo(total);
    }

    private static boolean mayUse(String user, String room) {
        return room.equals("test-room") || List.of(room.split(":", -1)).contains(user);
    }
}
