package dev.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import dev.realtime.testkit.Races;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private static final UserId ANA = new UserId("ana");

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Recorded known = new Recorded();

    @Test
    void howeverManyComeAndGoWhileNoWorkerIsFreeNothingIsLeftOfThem() {
        Attendance attendance = new Attendance(known, tasks::add, away -> {});
        SessionId stays = SessionId.random();
        attendance.arrived(ANA, stays);
        for (int i = 0; i < 1_000; i++) {
            SessionId session = SessionId.random();
            attendance.arrived(ANA, session);
            attendance.left(ANA, session);
        }
        assertThat(attendance.count()).isEqualTo(1);
        assertThat(tasks).hasSizeLessThanOrEqualTo(4);
        tasks.forEach(Runnable::run);
        assertThat(known.of(ANA)).containsExactly(stays);
        assertThat(known.calls.get()).isEqualTo(1);
    }

    @Test
    void whateverComesAndGoesAtOnceTheStoreKnowsWhoStays() throws Exception {
        Races.rounds(60, 6, (threads, random) -> {
            Recorded register = new Recorded();
            AtomicBoolean isOver = new AtomicBoolean();
            Attendance attendance = new Attendance(register, threads, away -> {});
            List<UserId> users = List.of(ANA, new UserId("ben"), new UserId("cat"));
            register.fails = () -> !isOver.get() && random.nextInt(10) == 0;
            List<List<SessionId>> staying = Races.together(4, racer -> {
                List<SessionId> stay = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    SessionId session = SessionId.random();
                    UserId user = users.get(i % users.size());
                    attendance.arrived(user, session);
                    if (i % 7 == 0) {
                        attendance.forgotten();
                    }
                    if (i % 3 > 0) {
                        attendance.left(user, session);
                    }
                    if (i % 6 == 1) {
                        attendance.arrived(user, session);
                    }
                    if (i % 3 == 0 || i % 6 == 1) {
                        stay.add(session);
                    }
                }
                return stay;
            });
            isOver.set(true);
            attendance.retry();
            users.forEach(attendance::settle);
            assertThat(users.stream().flatMap(user -> register.of(user).stream()))
                    .containsExactlyInAnyOrderElementsOf(
                            staying.stream().flatMap(List::stream).toList());
            assertThat(attendance.count())
                    .isEqualTo(staying.stream().mapToInt(List::size).sum());
        });
    }

    /** What a store would know. */
    private static final class Recorded implements Attendance.Register {
        final AtomicInteger calls = new AtomicInteger();
        volatile Fails fails = () -> false;
        private final Map<UserId, Set<SessionId>> sessions = new ConcurrentHashMap<>();
        private final Set<UserId> busy = ConcurrentHashMap.newKeySet();

        interface Fails {
            boolean now();
        }

        Set<SessionId> of(UserId user) {
            return sessions.getOrDefault(user, Set.of());
        }

        @Override
        public void arrive(UserId user, SessionId session) {
            alone(
                    user,
                    () -> sessions.computeIfAbsent(user, key -> ConcurrentHashMap.newKeySet())
                            .add(session));
        }

        @Override
        public void leave(UserId user, SessionId session) {
            alone(user, () -> of(user).remove(session));
        }

        @Override
        public void told(UserId user) {}

        private void alone(UserId user, Runnable step) {
            assertThat(busy.add(user)).as("one thing at a time for one user").isTrue();
            try {
                calls.incrementAndGet();
                if (fails.now()) {
                    throw new StoreException("away");
                }
                step.run();
            } finally {
                busy.remove(user);
            }
        }
    }
}
