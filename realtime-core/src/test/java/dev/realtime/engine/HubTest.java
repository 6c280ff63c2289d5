package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.testkit.Races;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final RoomId ROOM = new RoomId("room");
    private static final RoomId OTHER = new RoomId("other");

    private final Sessions sessions = new Sessions();
    private final Hub hub = sessions.hub;

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aSessionIsFoundByItsIdItsUserAndItsRooms() {
        LiveSession ana = added("ana");
        LiveSession second = added("ana");
        LiveSession ben = added("ben");
        hub.enter(ana.id(), ROOM);
        hub.enter(ben.id(), ROOM);
        hub.enter(ben.id(), ROOM);
        assertThat(hub.find(ana.id())).hasValue(ana);
        assertThat(hub.of(new UserId("ana"))).containsExactlyInAnyOrder(ana, second);
        assertThat(inRoom(ROOM)).containsExactly(ana, ben);
        assertThat(hub.count()).isEqualTo(3);
        hub.exit(ana.id(), ROOM);
        assertThat(inRoom(ROOM)).containsExactly(ben);
    }

    @Test
    void aSessionThatIsRemovedIsNowhereAndEntersNoRoomAnyMore() {
        LiveSession ana = added("ana");
        hub.enter(ana.id(), ROOM);
        hub.enter(ana.id(), OTHER);
        hub.remove(ana);
        hub.enter(ana.id(), ROOM);
        hub.remove(ana);
        assertThat(hub.find(ana.id())).isEmpty();
        assertThat(hub.of(new UserId("ana"))).isEmpty();
        assertThat(inRoom(ROOM)).isEmpty();
        assertThat(inRoom(OTHER)).isEmpty();
        assertThat(hub.count()).isZero();
    }

    @Test
    void aUserHasAtMostSoManySessionsHoweverManyComeAtOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            List<Boolean> added = Races.together(8, racer -> hub.add(sessions.session("ana"), 5));
            assertThat(added).filteredOn(wasAdded -> wasAdded).hasSize(5);
            assertThat(hub.of(new UserId("ana"))).hasSize(5);
            assertThat(hub.count()).isEqualTo(5);
            hub.all().forEach(session -> hub.remove((LiveSession) session));
        }
    }

    @Test
    void enteringLeavingAndRemovingAtOnceLeaveNothingBehind() throws Exception {
        Random random = Races.random();
        for (int round = 0; round < 300; round++) {
            LiveSession ana = added("ana");
            LiveSession ben = added("ben");
            hub.enter(ben.id(), ROOM);
            boolean leaves = random.nextBoolean();
            Races.together(4, racer -> {
                switch (racer) {
                    case 0 -> hub.enter(ana.id(), ROOM);
                    case 1 -> hub.enter(ana.id(), OTHER);
                    case 2 -> hub.remove(ana);
                    default -> {
                        if (leaves) {
                            hub.exit(ana.id(), ROOM);
                            hub.exit(ben.id(), ROOM);
                        }
                    }
                }
                return racer;
            });
            assertThat(inRoom(OTHER)).isEmpty();
            assertThat(inRoom(ROOM)).isEqualTo(leaves ? List.of() : List.of(ben));
            hub.remove(ben);
            assertThat(inRoom(ROOM)).isEmpty();
            assertThat(hub.count()).isZero();
        }
    }

    private LiveSession added(String user) {
        LiveSession session = sessions.session(user);
        assertThat(hub.add(session, 50)).isTrue();
        return session;
    }

    private List<LiveSession> inRoom(RoomId room) {
        List<LiveSession> present = new ArrayList<>();
        hub.inRoom(room, present::add);
        return present;
    }
}
