package dev.realtime.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.error.StoreException;
import dev.realtime.testkit.Drafts;
import dev.realtime.testkit.RoomBindingsContract;
import org.junit.jupiter.api.Test;

class InMemoryRoomBindingsTest extends RoomBindingsContract {
    private final RoomBindings bindings = new InMemoryRoomBindings();

    @Override
    protected RoomBindings bindings() {
        return bindings;
    }

    @Test
    void atItsBoundAFurtherRoomIsRefusedAndNoBindingIsForgotten() {
        RoomBindings small = new InMemoryRoomBindings(2);
        VisitId visit = Drafts.freshVisit();
        RoomId one = Drafts.freshRoom();
        RoomId third = Drafts.freshRoom();
        small.bind(one, visit);
        small.bind(Drafts.freshRoom(), visit);
        assertThatThrownBy(() -> small.bind(third, visit)).isInstanceOf(StoreException.class);
        assertThat(small.find(third)).isEmpty();
        assertThat(small.bind(one, Drafts.freshVisit())).isEqualTo(visit);
    }
}
