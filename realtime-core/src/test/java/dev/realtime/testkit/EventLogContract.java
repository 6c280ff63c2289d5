package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import dev.realtime.json.Payload;
import dev.realtime.recovery.EventLog;
import dev.realtime.recovery.Missed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventLog} promises. Extend it, hand in a log that keeps at least 1,000 events for two minutes by
 * {@link #time()}, and say how many it keeps at most.
 */
public abstract class EventLogContract {
    private static final Audience ROOM = Audience.room(new RoomId("chat:a:b"));
    private static final Audience OTHER_ROOM = Audience.room(new RoomId("chat:c:d"));
    private static final Audience USER = Audience.user(new UserId("ana"));

    /** For subclasses. */
    protected EventLogContract() {}

    /** A new log, the same one throughout a test. */
    protected abstract EventLog log();

    /** The clock of the log. */
    protected abstract ManualTime time();

    /** How many events it keeps at most. */
    protected abstract int capacity();

    @Test
    void positionsGrow() {
        Position before = log().head();
        Position first = log().append(event(1, ROOM));
        Position second = log().append(event(2, ROOM));
        assertThat(first.stamp()).isGreaterThan(before.stamp());
        assertThat(second.stamp()).isGreaterThan(first.stamp());
        assertThat(log().head()).isEqualTo(second);
        assertThat(second.epoch()).isEqualTo(first.epoch());
    }

    @Test
    void aPositionSurvivesItsTextForm() {
        Position position = log().append(event(1, ROOM));
        assertThat(Position.read(position.toString())).contains(position);
    }

    @Test
    void whatCameAfterAPositionIsGivenInOrder() {
        Position first = log().append(event(1, ROOM));
        log().append(event(2, ROOM));
        log().append(event(3, ROOM));
        assertThat(heard(log().since(first, List.of(ROOM)))).containsExactly(2L, 3L);
    }

    @Test
    void nothingNewIsCompleteAndEmpty() {
        Position last = log().append(event(1, ROOM));
        assertThat(heard(log().since(last, List.of(ROOM)))).isEmpty();
    }

    @Test
    void anEventForOthersIsNotGiven() {
        Position start = log().head();
        log().append(event(1, OTHER_ROOM));
        log().append(event(2, USER));
        log().append(event(3, Audience.everyone()));
        assertThat(heard(log().since(start, List.of(ROOM, USER)))).containsExactly(2L, 3L);
    }

    @Test
    void anEventThatExceptsTheSessionIsNotGiven() {
        Audience session = Audience.session(SessionId.random());
        Position start = log().head();
        log().append(event(1, ROOM).butNot(session));
        log().append(event(2, ROOM));
        assertThat(heard(log().since(start, List.of(ROOM, session)))).containsExactly(2L);
    }

    @Test
    void aLogThatForgotSaysSo() {
        Position first = log().append(event(0, ROOM));
        Position second = log().append(event(1, ROOM));
        for (int i = 2; i <= capacity(); i++) {
            log().append(event(i, ROOM));
        }
        assertThat(log().since(first, List.of(ROOM))).isInstanceOf(Missed.Complete.class);
        log().append(event(capacity() + 1, ROOM));
        assertThat(log().since(second, List.of(ROOM))).isInstanceOf(Missed.Complete.class);
        assertThat(log().since(first, List.of(ROOM))).isInstanceOf(Missed.Incomplete.class);
    }

    @Test
    void eventsAreKeptForTwoMinutes() {
        Position first = log().append(event(1, ROOM));
        time().advance(Duration.ofSeconds(1));
        log().append(event(2, ROOM));
        time().advance(Duration.ofSeconds(119));
        assertThat(heard(log().since(first, List.of(ROOM)))).containsExactly(2L);
        time().advance(Duration.ofSeconds(2));
        assertThat(log().since(first, List.of(ROOM))).isInstanceOf(Missed.Incomplete.class);
    }

    @Test
    void aPositionOfAnotherEpochOrOfTheFutureIsIncomplete() {
        Position position = log().append(event(1, ROOM));
        assertThat(log().since(new Position(position.stamp(), "elsewhere"), List.of(ROOM)))
                .isInstanceOf(Missed.Incomplete.class);
        assertThat(log().since(new Position(position.stamp() + 1, position.epoch()), List.of(ROOM)))
                .isInstanceOf(Missed.Incomplete.class);
    }

    @Test
    void manyThreadsNeverGetTheSamePosition() {
        List<Long> stamps = Collections.synchronizedList(new ArrayList<>());
        IntStream.range(0, 2_000)
                .parallel()
                .forEach(i -> stamps.add(log().append(event(i, ROOM)).stamp()));
        assertThat(new HashSet<>(stamps)).hasSize(2_000);
    }

    private static List<Long> heard(Missed missed) {
        assertThat(missed).isInstanceOf(Missed.Complete.class);
        return ((Missed.Complete) missed)
                .entries().stream()
                        .map(entry -> entry.delivery().data().asLong())
                        .toList();
    }

    private static Delivery event(int number, Audience to) {
        return Delivery.of(to, "test", Payload.of(number));
    }
}
