package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A room in which one talks, numbering what he says, and a crowd listens. For one thread. */
final class Meeting implements AutoCloseable {
    private static final int SMALL_WINDOW = 4_096;

    private final String room;
    private final String padding;
    private final StockClient talker;
    private final Crowd crowd;
    private int said;

    /** A meeting that nobody else has joined yet; {@code padding} follows each number. */
    Meeting(int port, String room, String padding) {
        this.room = room;
        this.padding = padding;
        this.talker = StockClient.connected(port, Tokens.provider());
        this.crowd = new Crowd(port);
        talker.ask("room:join", Map.of("roomId", room, "roomType", "chat"));
    }

    /** So many that join and then read all that comes. */
    List<RoomMember> join(int count) throws InterruptedException {
        return join(count, true);
    }

    /** So many that join and then read nothing, and for which the network takes little. */
    List<RoomMember> joinWithoutReading(int count) throws InterruptedException {
        return join(count, false);
    }

    /** Says the next number and waits until the server has it. */
    void say() {
        String text = RoomMember.text(++said, padding);
        assertThat(talker.ask("message:send", Map.of("roomId", room, "message", text))
                        .path("success")
                        .booleanValue())
                .isTrue();
    }

    /** How many numbers were said. */
    int said() {
        return said;
    }

    /** Why each that has left has done so. */
    List<String> departures() {
        return talker.heard().named("room:userLeft").stream()
                .map(left -> left.path("reason").textValue())
                .toList();
    }

    /** Waits until these have heard all that was said, in order. */
    void assertHeardBy(List<RoomMember> members) throws InterruptedException {
        for (RoomMember member : members) {
            member.await(said);
            assertThat(member.numbers())
                    .isEqualTo(IntStream.rangeClosed(1, said).boxed().toList());
        }
    }

    @Override
    public void close() {
        crowd.close();
        talker.close();
    }

    private List<RoomMember> join(int count, boolean reads) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(count);
        List<RoomMember> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RoomMember member = new RoomMember(room, reads, joined::countDown);
            members.add(member);
            crowd.run(() -> crowd.connect(member, reads ? 0 : SMALL_WINDOW));
        }
        assertThat(joined.await(1, TimeUnit.MINUTES)).as("joined").isTrue();
        return members;
    }
}
