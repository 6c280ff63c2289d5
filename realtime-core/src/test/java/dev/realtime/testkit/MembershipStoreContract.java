package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.room.MembershipStore;
import dev.realtime.room.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link MembershipStore} promises, sentence by sentence. Whoever writes one extends this class. */
public abstract class MembershipStoreContract {

    /** The store under test, the same each time within one test; other tests' rooms and sessions may be in it. */
    protected abstract MembershipStore store();

    @Test
    void anUnknownRoomIsEmpty() {
        RoomId room = Drafts.freshRoom();
        assertThat(store().participants(room)).isEmpty();
        assertThat(store().contains(room, SessionId.random())).isFalse();
        assertThat(store().roomsOf(SessionId.random())).isEmpty();
        assertThat(store().remove(room, SessionId.random())).isEmpty();
        assertThat(store().rooms()).doesNotContain(room);
    }

    @Test
    void participantsStandInTheOrderOfJoining() {
        RoomId room = Drafts.freshRoom();
        List<Participant> joined = List.of(participant("ana"), participant("ben"), participant("ana"));
        joined.forEach(participant -> store().add(room, participant));
        assertThat(store().participants(room)).isEqualTo(joined);
        assertThat(store().contains(room, joined.get(2).session())).isTrue();
    }

    @Test
    void joiningAgainMovesToTheEndWithTheNewTime() {
        RoomId room = Drafts.freshRoom();
        Participant ana = participant("ana");
        Participant ben = participant("ben");
        store().add(room, ana);
        store().add(room, ben);
        Participant later = new Participant(
                ana.session(), ana.user(), "provider", ana.joinedAt().plusMillis(5));
        store().add(room, later);
        assertThat(store().participants(room)).containsExactly(ben, later);
    }

    @Test
    void removingTellsWhoItWasOnce() {
        RoomId room = Drafts.freshRoom();
        Participant ana = participant("ana");
        store().add(room, ana);
        assertThat(store().remove(room, ana.session())).contains(ana);
        assertThat(store().remove(room, ana.session())).isEmpty();
        assertThat(store().participants(room)).isEmpty();
        assertThat(store().contains(room, ana.session())).isFalse();
        assertThat(store().roomsOf(ana.session())).isEmpty();
        assertThat(store().rooms()).doesNotContain(room);
    }

    @Test
    void aSessionIsInEachRoomItJoined() {
        RoomId one = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        Participant ana = participant("ana");
        Participant ben = participant("ben");
        store().add(one, ana);
        store().add(other, ana);
        store().add(other, ben);
        assertThat(store().roomsOf(ana.session())).containsExactlyInAnyOrder(one, other);
        assertThat(store().rooms()).contains(one, other);
        store().remove(one, ana.session());
        assertThat(store().roomsOf(ana.session())).containsExactly(other);
        assertThat(store().participants(other)).containsExactly(ana, ben);
    }

    @Test
    void whatWasReadDoesNotChange() {
        RoomId room = Drafts.freshRoom();
        Participant ana = participant("ana");
        store().add(room, ana);
        List<Participant> before = store().participants(room);
        store().add(room, participant("ben"));
        assertThat(before).containsExactly(ana);
    }

    @Test
    void ofManyWhoRemoveOneSessionOneIsToldWhoItWas() throws Exception {
        for (int round = 0; round < 50; round++) {
            RoomId room = Drafts.freshRoom();
            Participant ana = participant("ana");
            store().add(room, ana);
            List<Optional<Participant>> told = Races.together(4, racer -> store().remove(room, ana.session()));
            assertThat(told.stream().flatMap(Optional::stream)).containsExactly(ana);
        }
    }

    @Test
    void manyWhoJoinAndLeaveAtOnceLeaveThoseWhoStay() throws Exception {
        RoomId room = Drafts.freshRoom();
        List<Participant> stay = Races.together(16, racer -> {
            Participant staying = participant("user-" + racer);
            Participant leaving = participant("user-" + racer);
            store().add(room, leaving);
            store().add(room, staying);
            store().remove(room, leaving.session());
            return staying;
        });
        assertThat(store().participants(room)).containsExactlyInAnyOrderElementsOf(stay);
    }

    private static Participant participant(String user) {
        return new Participant(
                SessionId.random(), new UserId(user), "patient", Instant.parse("2026-11-23T12:00:00.123Z"));
    }
}
