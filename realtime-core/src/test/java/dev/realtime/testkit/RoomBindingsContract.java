package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.room.RoomBindings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link RoomBindings} promises, sentence by sentence. Whoever writes one extends this class. */
public abstract class RoomBindingsContract {

    /** The bindings under test, the same each time within one test; other tests' rooms may be in it. */
    protected abstract RoomBindings bindings();

    /** Second bindings on the same data, as another node or a later start has them; empty when nothing is shared. */
    protected Optional<RoomBindings> another() {
        return Optional.empty();
    }

    @Test
    void anUnboundRoomHasNoVisit() {
        assertThat(bindings().find(Drafts.freshRoom())).isEmpty();
    }

    @Test
    void aRoomIsBoundForGood() {
        RoomId room = Drafts.freshRoom();
        VisitId first = Drafts.freshVisit();
        assertThat(bindings().bind(room, first)).isEqualTo(first);
        assertThat(bindings().bind(room, Drafts.freshVisit())).isEqualTo(first);
        assertThat(bindings().bind(room, first)).isEqualTo(first);
        assertThat(bindings().find(room)).contains(first);
        assertThat(another().orElse(bindings()).find(room)).contains(first);
    }

    @Test
    void severalRoomsMayBelongToOneVisit() {
        VisitId visit = Drafts.freshVisit();
        RoomId one = Drafts.freshRoom();
        RoomId other = Drafts.freshRoom();
        bindings().bind(one, visit);
        bindings().bind(other, visit);
        assertThat(bindings().find(one)).contains(visit);
        assertThat(bindings().find(other)).contains(visit);
    }

    @Test
    void roomsThatDifferInCaseAreDifferentRooms() {
        RoomId lower = Drafts.freshRoom();
        RoomId upper = new RoomId(lower.value().toUpperCase(Locale.ROOT));
        bindings().bind(lower, Drafts.freshVisit());
        assertThat(bindings().find(upper)).isEmpty();
    }

    @Test
    void ofManyWhoBindOneRoomOneWinsAndAllAreToldWhich() throws Exception {
        for (int round = 0; round < 50; round++) {
            RoomId room = Drafts.freshRoom();
            List<VisitId> told = Races.together(4, racer -> {
                RoomBindings mine = racer % 2 == 0 ? bindings() : another().orElse(bindings());
                return mine.bind(room, Drafts.freshVisit());
            });
            assertThat(told).containsOnly(bindings().find(room).orElseThrow());
        }
    }
}
