package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.json.Payload;
import dev.realtime.room.InMemoryMembershipStore;
import dev.realtime.testkit.Races;
import dev.realtime.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManyClientsTest {
    private static final String ROOM = "visit:v1";

    private final InMemoryMembershipStore members = new InMemoryMembershipStore();
    private final TestNode node = new TestNode(builder -> builder.members(members));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aRoomHasOneOrderForAllWhoAreInIt() throws Exception {
        int senders = 8;
        int each = 150;
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            clients.add(node.clientIn(ROOM, "s" + i + "/admin"));
        }
        TestClient listener = node.clientIn(ROOM, "listener/admin");
        Races.together(senders, racer -> {
            List<Long> asked = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                asked.add(clients.get(racer)
                        .askLater("message:send", "{\"roomId\":\"" + ROOM + "\",\"message\":\"" + i + "\"}"));
            }
            asked.forEach(id -> TestNode.assertSuccess(clients.get(racer).ack(id)));
            return racer;
        });
        listener.settle();
        assertThat(seqs(listener.events("message:new")))
                .containsExactly(
                        LongStream.rangeClosed(1, (long) senders * each).toArray());
        for (TestClient client : clients) {
            client.settle();
            List<TestClient.Event> heard = client.events().stream()
                    .filter(event -> event.name().startsWith("message:"))
                    .toList();
            assertThat(seqs(heard.stream().map(TestClient.Event::data).toList()))
                    .containsExactly(
                            LongStream.rangeClosed(1, (long) senders * each).toArray());
            assertThat(client.events("message:sent")).hasSize(each);
        }
    }

    @Test
    void nothingIsLeftOfClientsThatAreGone() throws Exception {
        int ofTheNode = node.time.waiting();
        Random seeds = Races.random();
        long seed = seeds.nextLong();
        Races.together(4, racer -> {
            Random random = new Random(seed + racer);
            for (int i = 0; i < 100; i++) {
                live(random, "u" + racer);
            }
            return racer;
        });
        TestNode.soon(() -> node.realtime.sessions().count() == 0);
        TestNode.soon(() -> {
            // Also those whose end was heard only now have their grace.
            node.time.advance(Duration.ofMinutes(2));
            return members.rooms().isEmpty() && node.realtime.presence().stats().onlineUsers() == 0;
        });
        assertThat(node.time.waiting()).isEqualTo(ofTheNode);
    }

    /** A short life: some of what a client can do, and an end at any moment. */
    private void live(Random random, String user) {
        TestClient client = node.open();
        int steps = random.nextInt(8);
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> client.send("40{\"token\":\"" + user + "/admin\"}");
                case 3 -> client.send("40/api,{\"token\":\"" + user + "/admin\"}");
                case 4 -> client.tell("room:join", "{\"roomId\":\"r" + random.nextInt(5) + "\",\"roomType\":\"chat\"}");
                case 5 -> client.tell("message:send", "{\"roomId\":\"r1\",\"message\":\"a\"}");
                case 6 -> client.in("/api").leave();
                default -> client.in("/api").tell("room:join", "{\"roomId\":\"r1\",\"roomType\":\"chat\"}");
            }
        }
        switch (random.nextInt(4)) {
            case 0 ->
                node.realtime.sessions().all().stream()
                        .filter(session -> session.principal().user().value().equals(user))
                        .forEach(session -> session.disconnect());
            case 1 -> client.send("not of the protocol");
            default -> client.leave();
        }
        client.lose();
    }

    private static long[] seqs(List<Payload> messages) {
        return messages.stream()
                .mapToLong(message -> message.get("seq").orElseThrow().asLong())
                .toArray();
    }
}
