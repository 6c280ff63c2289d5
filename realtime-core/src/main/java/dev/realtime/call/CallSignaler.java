package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.call.CallSettings.BusyPolicy;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.StoreException;
import dev.realtime.time.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Lets users ring each other, hands on their signals, and ends what nobody attends to any more. Any node serves any
 * call; of two that want to change it at once one is first, and the other sees what it did.
 *
 * <p>Any thread may call; methods block on the stores. What happened is told to the listener before a method returns.
 * {@link StoreException} when the store of live calls is away.
 */
public final class CallSignaler {
    /** The most calls on a page of the history. */
    public static final int MAX_PAGE = 200;

    private static final int ATTEMPTS = 100;

    private final CallStore store;
    private final CallRights rights;
    private final CallListener listener;
    private final Predicate<UserId> isThere;
    private final CallSettings settings;
    private final InstantSource time;
    private final CallTerms terms;
    private final CallHistory history;
    private final CallKeeper keeper;
    private final CallClock clock;

    /**
     * From now on deadlines are looked after; {@code workers} does what they bring. Nobody is taken for gone of whom
     * {@code isThere} knows a live session, on any node; it may fail with {@link StoreException}.
     */
    public CallSignaler(
            CallStores stores,
            CallRights rights,
            CallListener listener,
            Predicate<UserId> isThere,
            CallSettings settings,
            InstantSource time,
            Timers timers,
            Executor workers) {
        this.store = stores.live();
        this.rights = rights;
        this.listener = listener;
        this.isThere = isThere;
        this.settings = settings;
        this.time = time;
        this.terms = new CallTerms(settings);
        this.history = new CallHistory(stores);
        this.keeper = new CallKeeper(stores, time, workers, settings.recordPatience());
        this.clock = new CallClock(store, time, timers, workers, this::attend);
        clock.start();
    }

    /**
     * Rings the callee.
     *
     * @throws SelfCallException when it is the caller
     * @throws AccessDeniedException without the right to
     * @throws UserBusyException when one of the two has calls enough
     */
    public Call initiate(Principal caller, NewCall wanted) {
        if (caller.user().equals(wanted.callee())) {
            throw new SelfCallException(caller.user());
        }
        rights.requireToCall(caller, wanted);
        requireIdle(caller.user(), wanted.callee());
        Call call = dated(Call.of(new Invitation(
                CallId.random(),
                caller.user(),
                caller.role(),
                Set.of(caller.user(), wanted.callee()),
                wanted.visit(),
                wanted.type(),
                wanted.metadata(),
                now())));
        insert(call);
        clock.watch(call);
        listener.ringing(call);
        return call;
    }

    /**
     * The callee answers.
     *
     * @throws CallNotFoundException when there is no such call, or it is over
     * @throws NotAPartyException when it is another user
     * @throws CallStateException when it has been answered, on this device or another
     */
    public Call accept(Device answering, CallId id) {
        Call accepted = change(id, call -> {
                    requireCallee(call, answering.user(), CallDeed.ACCEPT);
                    requireRinging(call, CallDeed.ACCEPT);
                    return call.answered(now());
                })
                .after();
        listener.accepted(accepted, answering);
        return accepted;
    }

    /** The callee does not want to; refused as {@link #accept}. */
    public Call reject(Device answering, CallId id, Optional<String> reason) {
        Call rejected = change(id, call -> {
                    requireCallee(call, answering.user(), CallDeed.REJECT);
                    requireRinging(call, CallDeed.REJECT);
                    return call.rejected(new Ending(now(), Optional.empty(), reason, 0));
                })
                .after();
        listener.rejected(rejected, answering);
        return rejected;
    }

    /**
     * A party ends the call, wherever it stands.
     *
     * @param seconds how long the parties have talked, as this one counts; taken when it is not far from what is
     *     counted here
     * @throws CallNotFoundException when there is no such call, or it is over
     * @throws NotAPartyException when it is another user
     */
    public Call end(UserId party, CallId id, OptionalLong seconds) {
        Call ended = change(id, call -> {
                    requireParty(call, party, CallDeed.END);
                    Instant now = now();
                    long talked = call.secondsAt(now, seconds);
                    return call.ended(new Ending(now, Optional.of(party), Optional.empty(), talked));
                })
                .after();
        listener.ended(ended);
        return ended;
    }

    /**
     * Hands a signal on to the other party.
     *
     * @throws CallNotFoundException when there is no such call, or it is over
     * @throws NotAPartyException when its sender is no party, or it is for somebody else
     */
    public void signal(Signal signal) {
        Call call = living(signal.call());
        requireParty(call, signal.sender(), CallDeed.SIGNAL);
        if (signal.recipient().stream().anyMatch(to -> !to.equals(call.other(signal.sender())))) {
            throw new NotAPartyException(CallDeed.SIGNAL, signal.sender(), call);
        }
        listener.signaled(call, signal);
    }

    /** A party says how it sees the call; refused as {@link #end}. */
    public void report(Device reporter, CallId id, QualityReport report) {
        Instant now = now();
        Change change = change(id, call -> {
            requireParty(call, reporter.user(), CallDeed.REPORT);
            return call.with(call.quality().plus(report, now, settings.issuePause()));
        });
        CallQuality known = change.before().quality();
        report.issues().stream()
                .filter(issue -> known.isNew(issue, now, settings.issuePause()))
                .forEach(issue -> listener.degraded(change.after(), reporter, report, issue));
    }

    /**
     * The calls of a user that are over and began before that moment, the newest first.
     *
     * @throws StoreException also when the store of records is away
     */
    public CallPage history(UserId user, Optional<Instant> before, int limit) {
        return history.page(user, before.orElse(Instant.MAX), Math.max(1, Math.min(MAX_PAGE, limit)));
    }

    /** The call, while it lives. */
    public Optional<Call> find(CallId id) {
        return store.find(id).filter(call -> !call.isOver());
    }

    /** The calls of which the user is a party, while they live. */
    public List<Call> open(UserId user) {
        return store.callsOf(user).stream().filter(call -> !call.isOver()).toList();
    }

    /** The calls that ring for the user. */
    public List<Call> ringing(UserId user) {
        return open(user).stream()
                .filter(call -> call.isRinging() && call.callee().equals(user))
                .toList();
    }

    /** How many calls live, on all nodes. */
    public CallStats stats() {
        return store.stats();
    }

    /** Ends all calls of a user, as if the user were gone for good; how many those were. */
    public int endAll(UserId user) {
        List<Change> ended = open(user).stream()
                .flatMap(call -> tryChange(call.id(), living -> living.abandoned(user, now())).stream())
                .toList();
        ended.forEach(change -> listener.ended(change.after()));
        return ended.size();
    }

    /**
     * The user has no live session on any node, since that moment. Calls that need the user are over when that is so
     * for the grace. Of what is told of one absence the latest moment counts.
     */
    public void lost(UserId user, Instant at) {
        Instant since = at.truncatedTo(ChronoUnit.MILLIS);
        open(user).forEach(call -> tryChange(call.id(), living -> living.without(user, since)));
    }

    /** The user has a live session again. Told without need it changes nothing. */
    public void returned(UserId user) {
        open(user).forEach(call -> tryChange(call.id(), living -> living.with(user)));
    }

    /** A call in its form before and after something happened to it. */
    private record Change(Call before, Call after) {}

    private Change change(CallId id, UnaryOperator<Call> rule) {
        return tryChange(id, rule).orElseThrow(() -> new CallNotFoundException("there is no call " + id));
    }

    /**
     * Does to the call what {@code rule} says, which is asked again when another was quicker; empty when the call does
     * not live, or the rule leaves it as it is.
     */
    private Optional<Change> tryChange(CallId id, UnaryOperator<Call> rule) {
        for (int left = ATTEMPTS; left > 0; left--) {
            Optional<Call> before = find(id);
            Optional<Call> after =
                    before.map(rule).filter(next -> !next.equals(before.get())).map(this::dated);
            if (after.isEmpty()) {
                return Optional.empty();
            }
            if (store.replace(before.get(), after.get())) {
                settle(after.get());
                return Optional.of(new Change(before.get(), after.get()));
            }
        }
        throw new StoreException("call " + id + " changes faster than it can be read");
    }

    private void settle(Call call) {
        clock.watch(call);
        if (call.isOver()) {
            keeper.keepLater(call);
        }
    }

    /** Its deadline has passed, or may have. */
    private void attend(Call call) {
        if (call.isOver()) {
            keeper.keep(call);
            return;
        }
        Instant now = now();
        List<UserId> back = terms.overdue(call, now).stream().filter(isThere).toList();
        tryChange(call.id(), living -> living.gone().equals(call.gone()) ? attended(living, back, now) : living)
                .ifPresentOrElse(
                        change -> announce(change.after()),
                        () -> find(call.id()).ifPresent(clock::watch));
    }

    /** Who is back while calls have not heard of it was there at least until now. */
    private Call attended(Call call, List<UserId> back, Instant now) {
        Call known = call;
        for (UserId party : back) {
            known = known.without(party, now);
        }
        return terms.lapsed(known, now).orElse(known);
    }

    private void announce(Call lapsed) {
        switch (lapsed.state()) {
            case MISSED -> listener.missed(lapsed);
            case ENDED -> listener.ended(lapsed);
            default -> {
                // Nobody is told that a call is in progress, or that somebody is back.
            }
        }
    }

    private void insert(Call call) {
        if (settings.busy() == BusyPolicy.RING) {
            store.insert(call);
        } else if (!store.insertAlone(call)) {
            throw new UserBusyException(call.callee());
        }
    }

    private void requireIdle(UserId caller, UserId callee) {
        long begun = open(caller).stream()
                .filter(call -> call.caller().equals(caller))
                .count();
        if (begun >= settings.openPerCaller()) {
            throw new UserBusyException(caller);
        }
        if (settings.busy() == BusyPolicy.REFUSE
                && open(callee).stream().anyMatch(call -> call.state().isAnswered())) {
            throw new UserBusyException(callee);
        }
    }

    private Call living(CallId id) {
        return find(id).orElseThrow(() -> new CallNotFoundException("there is no call " + id));
    }

    private static void requireCallee(Call call, UserId user, CallDeed deed) {
        if (!call.callee().equals(user)) {
            throw new NotAPartyException(deed, user, call);
        }
    }

    private static void requireParty(Call call, UserId user, CallDeed deed) {
        if (!call.hasParty(user)) {
            throw new NotAPartyException(deed, user, call);
        }
    }

    private static void requireRinging(Call call, CallDeed deed) {
        if (!call.isRinging()) {
            throw new CallStateException(deed, call);
        }
    }

    private Call dated(Call call) {
        return call.next(
                call.isOver() ? Optional.of(CallKeeper.nextAttempt(call.over().at())) : terms.deadline(call));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
