package dev.realtime.call.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.UserId;
import dev.realtime.call.Call;
import dev.realtime.call.CallStore;
import dev.realtime.error.StoreException;
import dev.realtime.testkit.CallStoreContract;
import dev.realtime.testkit.Calls;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryCallStoreTest extends CallStoreContract {
    private static final UserId ANA = new UserId("ana");
    private static final UserId BEN = new UserId("ben");

    private final CallStore store = new InMemoryCallStore(1_000);

    @Override
    protected CallStore store() {
        return store;
    }

    @Test
    void whenItIsFullTheCallThatHasBeenOverForLongestMakesRoom() {
        CallStore small = new InMemoryCallStore(3);
        Call first = Calls.ringing(ANA, BEN);
        Call second = Calls.ringing(ANA, BEN);
        Call third = Calls.ringing(ANA, BEN);
        List.of(first, second, third).forEach(small::insert);
        assertThatThrownBy(() -> small.insert(Calls.ringing(ANA, BEN))).isInstanceOf(StoreException.class);
        small.replace(second, Calls.ended(Calls.answered(second)));
        small.replace(first, Calls.ended(Calls.answered(first)));
        Call fourth = Calls.ringing(ANA, BEN);
        small.insert(fourth);
        assertThat(small.find(second.id())).isEmpty();
        assertThat(small.callsOf(BEN))
                .extracting(Call::id)
                .containsExactlyInAnyOrder(first.id(), third.id(), fourth.id());
    }
}
