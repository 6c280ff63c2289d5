package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.address.UserId;
import dev.realtime.presence.Availability;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand members who all watch one another, on moved time. */
class PresenceStormTest {
    private static final int MEMBERS = 1_000;
    /** A million events at a time, on a machine that has other work, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestNode node = new TestNode();

    @Test
    void eachMemberHearsOnceASecondOfEachOtherAndEveryCountIsExact() {
        List<Member> members = IntStream.range(0, MEMBERS).mapToObj(Member::new).toList();
        members.forEach(Member::joins);
        TestNode.soon(() -> node.realtime.presence().stats().onlineUsers() == MEMBERS);
        members.forEach(Member::watchesAll);
        awaitAcks(members, 2);
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isEqualTo((long) MEMBERS * MEMBERS);
        int arrivals = told();
        assertThat(members)
                .allSatisfy(member -> assertThat(member.initial.get())
                        .as(
                                "who is there stands in two events for each member, and once more whoever came in that moment")
                        .isGreaterThanOrEqualTo(2));

        node.time.advance(Duration.ofSeconds(2));
        assertThat(told()).as("nobody changed").isEqualTo(arrivals);
        setAll(Availability.BUSY, "first");
        awaitTold(members, arrivals, 1);
        setAll(Availability.AWAY, "dropped");
        setAll(Availability.BUSY, "last");
        node.time.advance(Duration.ofMillis(999));
        awaitTold(members, arrivals, 1);
        node.time.advance(Duration.ofMillis(1));
        awaitTold(members, arrivals, 2);
        assertThat(members).allSatisfy(member -> {
            assertThat(member.last.get()).isEqualTo(MEMBERS);
            assertThat(member.dropped.get()).isZero();
        });

        members.forEach(member -> member.connection.closed(CloseReason.LOST));
        TestNode.soon(() -> node.realtime.sessions().count() == 0);
        assertThat(node.realtime.presence().stats().totalSubscriptions()).isZero();
        TestNode.soonAsTimePasses(
                node.time,
                Duration.ofSeconds(5),
                () -> node.realtime.presence().stats().onlineUsers() == 0);
        node.close();
    }

    private final AtomicInteger acks = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    private int told() {
        return changes.get();
    }

    private void awaitAcks(List<Member> members, int each) {
        await().atMost(PATIENCE).until(() -> acks.get() == each * members.size());
    }

    /** Each of them has heard of each so often since there were so many events, and no more. */
    private void awaitTold(List<Member> members, int before, int times) {
        int expected = before + times * MEMBERS * MEMBERS;
        await().atMost(PATIENCE).until(() -> told() >= expected);
        assertThat(told()).isEqualTo(expected);
        assertThat(members).hasSize(MEMBERS);
    }

    private void setAll(Availability status, String words) {
        for (int i = 0; i < MEMBERS; i++) {
            node.realtime.presence().setStatus(new UserId("u" + i), status, Optional.of(words));
        }
    }

    private static String users(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"u" + i + "\"")
                .collect(Collectors.joining(",", "{\"userIds\":[", "]}"));
    }

    /** A client that counts and does nothing else. */
    private final class Member implements Transport {
        final AtomicInteger initial = new AtomicInteger();
        final AtomicInteger last = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();
        final Connection connection;
        private final int number;

        Member(int number) {
            this.number = number;
            Acceptor acceptor = node.acceptor;
            this.connection = acceptor.open(TestClient.handshake(Map.of()), this);
        }

        void joins() {
            connection.received(Frame.text("40{\"token\":\"u" + number + "/patient\"}"));
        }

        void watchesAll() {
            connection.received(Frame.text("421[\"presence:subscribe\"," + users(0, 500) + "]"));
            connection.received(Frame.text("422[\"presence:subscribe\"," + users(500, MEMBERS) + "]"));
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            completion.written();
            frames.forEach(frame -> hear(frame.text()));
        }

        private void hear(String packet) {
            if (packet.startsWith("42[\"presence:changed\"")) {
                changes.incrementAndGet();
                last.addAndGet(packet.contains("\"last\"") ? 1 : 0);
                dropped.addAndGet(packet.contains("\"dropped\"") ? 1 : 0);
            } else if (packet.startsWith("42[\"presence:initial\"")) {
                initial.incrementAndGet();
            } else if (packet.startsWith("43")) {
                acks.incrementAndGet();
            }
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
