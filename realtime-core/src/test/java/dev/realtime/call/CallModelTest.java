package dev.realtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.call.memory.InMemoryCallRecords;
import dev.realtime.call.memory.InMemoryCallStore;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.Payload;
import dev.realtime.testkit.ManualTime;
import dev.realtime.visit.InMemoryVisitDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever users do with their calls, in whatever order and however much time passes, a simple model does the same. */
class CallModelTest {
    private static final List<UserId> USERS = List.of(new UserId("ana"), new UserId("ben"), new UserId("cat"));
    private static final Device NOWHERE = new Device(USERS.get(0), SessionId.random());

    private enum Deed {
        RING,
        ACCEPT,
        REJECT,
        END,
        SIGNAL,
        LOSE,
        COME,
        RETURN,
        WAIT
    }

    /** Something that happens: to the call of that number, or to the other user of that number, or for so long. */
    private record Step(Deed deed, int user, int number, int millis) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Deed> deeds = Arbitraries.frequency(
                Tuple.of(3, Deed.RING),
                Tuple.of(4, Deed.ACCEPT),
                Tuple.of(1, Deed.REJECT),
                Tuple.of(1, Deed.END),
                Tuple.of(1, Deed.SIGNAL),
                Tuple.of(3, Deed.LOSE),
                Tuple.of(1, Deed.COME),
                Tuple.of(2, Deed.RETURN),
                Tuple.of(6, Deed.WAIT));
        Arbitrary<Integer> millis = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 999, 1_000, 4_999, 10_000, 14_999, 15_000, 29_999, 30_000),
                Arbitraries.integers().between(0, 40_000));
        return Combinators.combine(
                        deeds,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 9),
                        millis)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 2_000)
    void callsAndModelDoTheSame(@ForAll("histories") List<Step> steps) {
        CallModel model = new CallModel();
        Real real = new Real();
        for (Step step : steps) {
            boolean needsCall = step.deed.compareTo(Deed.ACCEPT) >= 0 && step.deed.compareTo(Deed.SIGNAL) <= 0;
            if (needsCall && model.calls.isEmpty()) {
                continue;
            }
            assertThat(real.does(step)).as(step.toString()).isEqualTo(expected(model, step));
            assertThat(real.news).as(step.toString()).containsExactlyInAnyOrderElementsOf(model.news);
            assertThat(real.states())
                    .as(step.toString())
                    .isEqualTo(model.calls.stream().map(call -> call.state).toList());
        }
        for (UserId user : USERS) {
            assertThat(real.calls.history(user, Optional.empty(), 200).calls()).hasSize((int) model.calls.stream()
                    .filter(call -> call.state.isOver() && call.hasParty(user))
                    .count());
        }
    }

    private static String expected(CallModel model, Step step) {
        UserId user = USERS.get(step.user);
        int number = model.calls.isEmpty() ? 0 : step.number % model.calls.size();
        switch (step.deed) {
            case LOSE -> model.lose(user);
            case COME -> model.come(user);
            case RETURN -> model.comeBack(user);
            case WAIT -> model.pass(step.millis);
            default -> {}
        }
        return switch (step.deed) {
            case RING -> model.ring(user, USERS.get(step.number % USERS.size()));
            case ACCEPT -> model.accept(user, number);
            case REJECT -> model.reject(user, number);
            case END -> model.end(user, number);
            case SIGNAL -> model.signal(user, number);
            case LOSE, COME, RETURN, WAIT -> "ok";
        };
    }

    /** The service on moved time; what it does on threads of its own, it does at once. */
    private static final class Real implements CallListener {
        private final ManualTime time = new ManualTime();
        private final InMemoryCallRecords records = new InMemoryCallRecords();
        private final List<CallId> ids = new ArrayList<>();
        final List<String> news = new ArrayList<>();
        private final Set<UserId> there = new HashSet<>();
        final CallSignaler calls = new CallSignaler(
                new CallStores(new InMemoryCallStore(), records),
                new CallRights((caller, callee) -> true, new InMemoryVisitDirectory()),
                this,
                there::contains,
                CallSettings.DEFAULTS,
                time,
                time,
                Runnable::run);

        String does(Step step) {
            try {
                attempt(step);
                return "ok";
            } catch (RealtimeException refused) {
                return refused.getClass().getSimpleName();
            }
        }

        private void attempt(Step step) {
            UserId user = USERS.get(step.user);
            Device device = new Device(user, NOWHERE.session());
            switch (step.deed) {
                case RING ->
                    calls.initiate(new Principal(user, "patient"), NewCall.to(USERS.get(step.number % USERS.size())));
                case ACCEPT -> calls.accept(device, id(step));
                case REJECT -> calls.reject(device, id(step), Optional.empty());
                case END -> calls.end(user, id(step), OptionalLong.empty());
                case SIGNAL ->
                    calls.signal(new Signal(id(step), user, Optional.empty(), SignalType.OFFER, Payload.emptyObject()));
                case LOSE -> {
                    there.remove(user);
                    calls.lost(user, time.instant());
                }
                case COME -> there.add(user);
                case RETURN -> {
                    there.add(user);
                    calls.returned(user);
                }
                case WAIT -> time.advance(Duration.ofMillis(step.millis));
            }
        }

        private CallId id(Step step) {
            return ids.get(step.number % ids.size());
        }

        List<CallState> states() {
            return ids.stream().map(this::state).toList();
        }

        private CallState state(CallId id) {
            return calls.find(id)
                    .map(Call::state)
                    .orElseGet(() -> USERS.stream()
                            .flatMap(user -> records.history(user, Instant.MAX, 1_000).stream())
                            .filter(record -> record.id().equals(id))
                            .findFirst()
                            .orElseThrow()
                            .state());
        }

        private int number(Call call) {
            return ids.indexOf(call.id());
        }

        @Override
        public void ringing(Call call) {
            ids.add(call.id());
            news.add("ringing " + number(call));
        }

        @Override
        public void accepted(Call call, Device answering) {
            news.add("accepted " + number(call));
        }

        @Override
        public void rejected(Call call, Device answering) {
            news.add("rejected " + number(call));
        }

        @Override
        public void ended(Call call) {
            Ending how = call.over();
            news.add("ended " + number(call) + " by " + how.by().orElseThrow() + " after " + how.seconds()
                    + how.reason().map(reason -> " " + reason).orElse(""));
        }

        @Override
        public void missed(Call call) {
            news.add("missed " + number(call));
        }

        @Override
        public void signaled(Call call, Signal signal) {
            news.add("signaled " + number(call) + " by " + signal.sender());
        }
    }
}
