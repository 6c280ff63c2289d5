package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.address.UserId;
import dev.realtime.error.LimitExceededException;
import dev.realtime.testkit.Races;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private static final UserId BEN = new UserId("ben");
    private static final UserId CAT = new UserId("cat");

    private final Sessions sessions = new Sessions();
    private final Watchers watchers = sessions.hub.watchers();

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aSessionHearsOfThoseItWatchesAndIsCountedOnceForEach() {
        LiveSession ana = added();
        LiveSession second = added();
        assertThat(watchers.watch(ana.id(), List.of(BEN, CAT, BEN), 5)).containsExactly(BEN, CAT);
        assertThat(watchers.watch(second.id(), List.of(BEN), 5)).containsExactly(BEN);
        assertThat(watchers.watch(ana.id(), List.of(BEN), 5)).isEmpty();
        assertThat(of(BEN)).containsExactly(ana, second);
        assertThat(of(CAT)).containsExactly(ana);
        assertThat(watchers.count()).isEqualTo(3);
        watchers.unwatch(ana.id(), List.of(BEN, BEN, new UserId("nobody")));
        assertThat(of(BEN)).containsExactly(second);
        assertThat(watchers.watchedBy(ana.id())).containsExactly(CAT);
        assertThat(watchers.count()).isEqualTo(2);
    }

    @Test
    void beyondTheBoundNothingIsChanged() {
        LiveSession ana = added();
        watchers.watch(ana.id(), List.of(BEN), 2);
        assertThatThrownBy(() -> watchers.watch(ana.id(), List.of(CAT, new UserId("dan")), 2))
                .isInstanceOf(LimitExceededException.class);
        assertThat(watchers.watchedBy(ana.id())).containsExactly(BEN);
        assertThat(watchers.watch(ana.id(), List.of(CAT, BEN), 2)).containsExactly(CAT);
    }

    @Test
    void aSessionThatIsGoneWatchesNobody() {
        LiveSession ana = added();
        watchers.watch(ana.id(), List.of(BEN, CAT), 5);
        sessions.hub.remove(ana);
        assertThat(watchers.watch(ana.id(), List.of(BEN), 5)).isEmpty();
        assertThat(of(BEN)).isEmpty();
        assertThat(watchers.count()).isZero();
    }

    @Test
    void watchingLeavingAndRemovingAtOnceLeaveNothingBehind() throws Exception {
        Random random = Races.random();
        for (int round = 0; round < 300; round++) {
            LiveSession ana = added();
            LiveSession stays = added();
            watchers.watch(stays.id(), List.of(BEN), 5);
            boolean leaves = random.nextBoolean();
            Races.together(4, racer -> {
                switch (racer) {
                    case 0 -> watchers.watch(ana.id(), List.of(BEN, CAT), 5);
                    case 1 -> watchers.watch(ana.id(), List.of(CAT, BEN), 5);
                    case 2 -> sessions.hub.remove(ana);
                    default -> watchers.unwatch(leaves ? stays.id() : ana.id(), List.of(BEN));
                }
                return racer;
            });
            assertThat(of(BEN)).isEqualTo(leaves ? List.of() : List.of(stays));
            assertThat(of(CAT)).isEmpty();
            sessions.hub.remove(stays);
            assertThat(watchers.count()).isZero();
        }
    }

    private LiveSession added() {
        LiveSession session = sessions.session("ana");
        assertThat(sessions.hub.add(session, 50)).isTrue();
        return session;
    }

    private List<LiveSession> of(UserId user) {
        List<LiveSession> present = new ArrayList<>();
        watchers.of(user, present::add);
        return present;
    }
}
