package dev.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.testkit.PresenceStoreContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryPresenceStoreTest extends PresenceStoreContract {
    private final PresenceStore store = new InMemoryPresenceStore();

    @Override
    protected PresenceStore store() {
        return store;
    }

    @Test
    void beyondItsBoundWhoWasLostLongestAgoIsForgotten() {
        PresenceStore small = new InMemoryPresenceStore(2);
        Instant start = Instant.EPOCH;
        small.renew("node", start);
        List<UserId> users = List.of(new UserId("a"), new UserId("b"), new UserId("c"), new UserId("d"));
        for (UserId user : users) {
            Lease lease = new Lease("node", SessionId.random());
            small.add(lease, user, start);
            small.release(lease, user, start.plusSeconds(users.indexOf(user)));
        }
        small.depart(start.plusSeconds(2));
        assertThat(small.find(users)).extracting(Presence::user).isEqualTo(users.subList(1, 4));
        assertThat(small.countOnline()).isEqualTo(1);
    }
}
