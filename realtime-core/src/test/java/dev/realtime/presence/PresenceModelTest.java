package dev.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happens to three users on two nodes, of which one dies now and then, they are seen as the rules say, told so
 * at most once a second by each node, and at the end of it as they are.
 */
class PresenceModelTest {
    private static final Duration GRACE = PresenceSettings.DEFAULTS.grace();
    private static final List<Availability> STATUSES = List.of(Availability.values());
    /** Longer than the lease and a beat of the other node. */
    private static final Duration UNTIL_DEATH_IS_NOTICED = Duration.ofSeconds(15);

    /** One thing that happens; {@code number} is what it needs one for. */
    record Step(Kind kind, int user, int number) {}

    enum Kind {
        ARRIVES_ON_FIRST,
        ARRIVES_ON_SECOND,
        LEAVES,
        SAYS,
        CALL_BEGINS,
        CALL_ENDS,
        TIME_PASSES,
        SECOND_NODE_DIES
    }

    @Property(tries = 400)
    void everybodyIsSeenAndToldAsTheRulesSay(@ForAll("steps") List<Step> steps) {
        World world = new World();
        for (Step step : steps) {
            world.take(step);
            world.check();
        }
        world.rest();
        world.check();
        world.checkTold();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(4, Kind.ARRIVES_ON_FIRST),
                Tuple.of(4, Kind.ARRIVES_ON_SECOND),
                Tuple.of(6, Kind.LEAVES),
                Tuple.of(8, Kind.SAYS),
                Tuple.of(2, Kind.CALL_BEGINS),
                Tuple.of(2, Kind.CALL_ENDS),
                Tuple.of(10, Kind.TIME_PASSES),
                Tuple.of(1, Kind.SECOND_NODE_DIES));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 9_999))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    private record Told(String node, Instant at, Presence presence) {}

    private record Device(PresenceTracker node, SessionId session) {}

    /** The nodes, and beside them what they should know. */
    private static final class World {
        private final ManualTime time = new ManualTime();
        private final PresenceStore store = new InMemoryPresenceStore();
        private final List<Told> told = new ArrayList<>();
        private final List<Person> people = List.of(new Person("a"), new Person("b"), new Person("c"));
        private final PresenceTracker first = node("first");
        private PresenceTracker second = node("second-0");
        private int deaths;

        void take(Step step) {
            Person person = people.get(step.user);
            switch (step.kind) {
                case ARRIVES_ON_FIRST -> person.arrives(first);
                case ARRIVES_ON_SECOND -> person.arrives(second);
                case LEAVES -> person.leaves(step.number, time.instant());
                case SAYS -> say(person, step.number);
                case CALL_BEGINS -> call(person, true);
                case CALL_ENDS -> call(person, false);
                case TIME_PASSES -> pass(Duration.ofMillis(step.number));
                case SECOND_NODE_DIES -> die();
            }
        }

        private void say(Person person, int number) {
            Availability status = STATUSES.get(number % STATUSES.size());
            Optional<String> words = number % 3 == 0 ? Optional.empty() : Optional.of("w" + number % 4);
            (number % 2 == 0 ? first : second).setStatus(person.user, status, words);
            person.says(status, words);
        }

        private void call(Person person, boolean is) {
            first.setInCall(person.user, is);
            person.isInCall = is && person.isKnown && !person.isGone;
        }

        private void pass(Duration by) {
            time.advance(by);
            people.forEach(person -> person.mayBeGone(time.instant()));
        }

        private void die() {
            second.close();
            people.forEach(person -> person.loses(second));
            second = node("second-" + ++deaths);
            pass(UNTIL_DEATH_IS_NOTICED);
        }

        void rest() {
            pass(Duration.ofSeconds(60));
        }

        void check() {
            for (Person person : people) {
                Optional<Presence> seen = first.find(person.user);
                assertThat(seen.isPresent()).isEqualTo(person.isKnown);
                seen.ifPresent(presence -> {
                    assertThat(presence.status()).isEqualTo(person.status());
                    assertThat(presence.customStatus()).isEqualTo(person.words);
                    assertThat(presence.lastSeen()).isBeforeOrEqualTo(time.instant());
                    if (presence.isOnline() && !person.devices.isEmpty()) {
                        assertThat(presence.lastSeen()).isAfter(time.instant().minusSeconds(30));
                    }
                });
                assertThat(second.isConnected(person.user)).isEqualTo(!person.devices.isEmpty());
            }
            assertThat(first.stats().onlineUsers())
                    .isEqualTo(people.stream()
                            .filter(person -> person.isKnown && person.status() != Availability.OFFLINE)
                            .count());
        }

        void checkTold() {
            Map<UserId, Presence> last = new HashMap<>();
            Map<String, Instant> before = new HashMap<>();
            for (Told one : told) {
                UserId user = one.presence.user();
                last.put(user, one.presence);
                Instant previous = before.put(one.node + user, one.at);
                assertThat(previous == null || !one.at.isBefore(previous.plusSeconds(1)))
                        .isTrue();
            }
            for (Person person : people) {
                Optional<Presence> heard = Optional.ofNullable(last.get(person.user));
                assertThat(heard.isPresent()).isEqualTo(person.isKnown);
                heard.ifPresent(presence -> assertThat(first.find(person.user).orElseThrow())
                        .matches(presence::looksLike, "what was told last: " + presence));
            }
        }

        private PresenceTracker node(String name) {
            PresenceTracker tracker = new PresenceTracker(
                    name,
                    store,
                    (who, other) -> true,
                    presence -> told.add(new Told(name, time.instant(), presence)),
                    new Clockwork(time, time, Runnable::run),
                    PresenceSettings.DEFAULTS,
                    () -> 0);
            tracker.start();
            return tracker;
        }
    }

    /** What should be known of somebody. */
    private static final class Person {
        final UserId user;
        final List<Device> devices = new ArrayList<>();
        boolean isKnown;
        boolean isGone = true;
        boolean isInCall;
        Optional<String> words = Optional.empty();
        private Availability chosen = Availability.OFFLINE;
        private Instant lostAt = Instant.MIN;

        Person(String name) {
            this.user = new UserId(name);
        }

        void arrives(PresenceTracker node) {
            Device device = new Device(node, SessionId.random());
            node.arrived(user, device.session);
            devices.add(device);
            isKnown = true;
            if (isGone) {
                isGone = false;
                chosen = Availability.ONLINE;
            }
        }

        void leaves(int which, Instant now) {
            if (!devices.isEmpty()) {
                Device device = devices.remove(which % devices.size());
                device.node.left(user, device.session);
                lostAt = now;
            }
        }

        /** Its last session there is gone without a grace. */
        void loses(PresenceTracker node) {
            if (devices.removeIf(device -> device.node == node) && devices.isEmpty()) {
                lostAt = Instant.MIN;
            }
        }

        void says(Availability status, Optional<String> said) {
            if (isKnown) {
                words = said;
                chosen = devices.isEmpty() ? chosen : status;
            }
        }

        void mayBeGone(Instant now) {
            if (devices.isEmpty() && isKnown && !now.isBefore(lostAt.plus(GRACE))) {
                isGone = true;
                isInCall = false;
            }
        }

        Availability status() {
            if (isGone) {
                return Availability.OFFLINE;
            }
            return isInCall ? Availability.IN_CALL : chosen;
        }
    }
}
