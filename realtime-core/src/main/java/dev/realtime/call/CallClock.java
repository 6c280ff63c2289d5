package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.error.StoreException;
import dev.realtime.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Has calls looked at when it is time. The node that changes a call has an alarm for its deadline. Deadlines of calls
 * that were changed on nodes which are gone are found in the store, where every node looks every few seconds.
 *
 * <p>Any thread may call. An alarm more or less does no harm: who is sent to look finds out what is due.
 */
final class CallClock {
    /** Together with the time in which a lost node is noticed a deadline is never missed by more than 15 s. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int AT_ONCE = 1_000;

    private final CallStore store;
    private final InstantSource time;
    private final Timers timers;
    private final Executor workers;
    private final Consumer<Call> overdue;
    private final Map<CallId, Watch> watches = new ConcurrentHashMap<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    CallClock(CallStore store, InstantSource time, Timers timers, Executor workers, Consumer<Call> overdue) {
        this.store = store;
        this.time = time;
        this.timers = timers;
        this.workers = workers;
        this.overdue = overdue;
    }

    private record Watch(Instant at, Timers.Alarm alarm) {}

    /** From now on looks into the store. */
    void start() {
        timers.after(LOOK, this::look);
    }

    /** Knows the call's deadline, in place of one it knew; one that has passed meanwhile is attended to now. */
    void watch(Call call) {
        Optional<Instant> deadline = call.isOver() ? Optional.empty() : call.deadline();
        Optional<Instant> ahead = deadline.filter(at -> at.isAfter(time.instant()));
        watches.compute(call.id(), (id, known) -> {
            if (known != null && ahead.filter(known.at()::equals).isPresent()) {
                return known;
            }
            if (known != null) {
                known.alarm().cancel();
            }
            return ahead.map(at -> new Watch(at, timers.after(until(at), () -> ring(id, at))))
                    .orElse(null);
        });
        if (deadline.isPresent() && ahead.isEmpty()) {
            visit(call.id());
        }
    }

    private Duration until(Instant at) {
        Duration left = Duration.between(time.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void ring(CallId id, Instant at) {
        watches.computeIfPresent(id, (same, watch) -> watch.at().equals(at) ? null : watch);
        visit(id);
    }

    private void visit(CallId id) {
        workers.execute(() -> store.find(id).ifPresent(overdue));
    }

    private void look() {
        if (isLooking.compareAndSet(false, true)) {
            workers.execute(this::lookIntoStore);
        }
        timers.after(LOOK, this::look);
    }

    private void lookIntoStore() {
        try {
            store.due(time.instant(), AT_ONCE).forEach(overdue);
        } catch (StoreException away) {
            // It is looked into again in a moment, and until then nobody can change a call anyway.
        } finally {
            isLooking.set(false);
        }
    }
}
