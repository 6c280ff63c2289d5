package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call at one moment. It never changes: what happens to a call makes the next one, with the next version.
 *
 * @param invitation what it is from its first moment on
 * @param state how far it has come
 * @param answeredAt when the callee answered
 * @param ending how it was over; there exactly when it is
 * @param gone the parties without a live session, and since when
 * @param quality what the parties have reported of it
 * @param deadline when somebody has to look at it, whatever happens
 * @param version the how-manieth form of this call
 */
public record Call(
        Invitation invitation,
        CallState state,
        Optional<Instant> answeredAt,
        Optional<Ending> ending,
        Map<UserId, Instant> gone,
        CallQuality quality,
        Optional<Instant> deadline,
        long version) {
    private static final long TOLERATED = 5;

    /** Checks that the parts go together. */
    public Call {
        gone = Map.copyOf(gone);
        if (state.isOver() != ending.isPresent()) {
            throw new IllegalArgumentException("a call that is " + state + " has the wrong ending");
        }
        if (state.isAnswered() && answeredAt.isEmpty()) {
            throw new IllegalArgumentException("a call that is " + state + " was answered some time");
        }
        if (!invitation.parties().containsAll(gone.keySet())) {
            throw new IllegalArgumentException("only parties are missed");
        }
    }

    /** A call that begins. */
    static Call of(Invitation invitation) {
        return new Call(
                invitation,
                CallState.RINGING,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                CallQuality.NONE,
                Optional.empty(),
                0);
    }

    /** Its id. */
    public CallId id() {
        return invitation.id();
    }

    /** Who rings. */
    public UserId caller() {
        return invitation.caller();
    }

    /** Who is rung. */
    public UserId callee() {
        return invitation.callee();
    }

    /** When it began. */
    public Instant startedAt() {
        return invitation.at();
    }

    /** The party that is not this one. */
    public UserId other(UserId party) {
        return invitation.other(party);
    }

    /** Whether the user is the caller or the callee. */
    public boolean hasParty(UserId user) {
        return invitation.parties().contains(user);
    }

    /** Whether the callee is still being rung. */
    public boolean isRinging() {
        return state == CallState.RINGING;
    }

    /** Whether nothing more can happen to it. */
    public boolean isOver() {
        return state.isOver();
    }

    /** How it was over; {@link IllegalStateException} while it is not. */
    public Ending over() {
        return ending.orElseThrow(() -> new IllegalStateException(this + " is not over"));
    }

    /** Whole seconds since it was answered; 0 when it was not. */
    long secondsAt(Instant moment) {
        return answeredAt
                .map(since -> Math.max(0, Duration.between(since, moment).toSeconds()))
                .orElse(0L);
    }

    /**
     * How long the parties have talked: what one of them says, when that is more than nothing and at most
     * {@link #TOLERATED} seconds more than is counted here.
     */
    long secondsAt(Instant moment, OptionalLong said) {
        long counted = secondsAt(moment);
        boolean isCredible = answeredAt.isPresent()
                && said.isPresent()
                && said.getAsLong() > 0
                && said.getAsLong() <= counted + TOLERATED;
        return isCredible ? said.getAsLong() : counted;
    }

    /** Who answers is there. */
    Call answered(Instant at) {
        Map<UserId, Instant> others = new HashMap<>(gone);
        others.remove(callee());
        return new Call(
                invitation.withoutMetadata(),
                reached(CallState.ACCEPTED),
                Optional.of(at),
                ending,
                others,
                quality,
                deadline,
                version);
    }

    Call inProgress() {
        return new Call(
                invitation, reached(CallState.IN_PROGRESS), answeredAt, ending, gone, quality, deadline, version);
    }

    Call rejected(Ending how) {
        return over(CallState.REJECTED, how);
    }

    Call missed(Ending how) {
        return over(CallState.MISSED, how);
    }

    Call ended(Ending how) {
        return over(CallState.ENDED, how);
    }

    /** Over by the absence of a party. */
    Call abandoned(UserId party, Instant at) {
        return ended(new Ending(at, Optional.of(party), Optional.of(Ending.DISCONNECT), secondsAt(at)));
    }

    /** With a party that has no live session since then; the same when none is known since then or later. */
    Call without(UserId party, Instant since) {
        if (!since.isAfter(gone.getOrDefault(party, Instant.MIN))) {
            return this;
        }
        Map<UserId, Instant> more = new HashMap<>(gone);
        more.put(party, since);
        return withGone(more);
    }

    /** With a party that has a live session again; the same when it was not missed. */
    Call with(UserId party) {
        if (!gone.containsKey(party)) {
            return this;
        }
        Map<UserId, Instant> fewer = new HashMap<>(gone);
        fewer.remove(party);
        return withGone(fewer);
    }

    Call with(CallQuality reported) {
        return new Call(invitation, state, answeredAt, ending, gone, reported, deadline, version);
    }

    /** This call in place of the form before it. */
    Call next(Optional<Instant> dueAt) {
        return new Call(invitation, state, answeredAt, ending, gone, quality, dueAt, version + 1);
    }

    private Call over(CallState last, Ending how) {
        return new Call(
                invitation.withoutMetadata(),
                reached(last),
                answeredAt,
                Optional.of(how),
                gone,
                quality,
                deadline,
                version);
    }

    private Call withGone(Map<UserId, Instant> parties) {
        return new Call(invitation, state, answeredAt, ending, parties, quality, deadline, version);
    }

    private CallState reached(CallState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException(this + " cannot become " + next);
        }
        return next;
    }

    /** Without what its caller has put in. */
    @Override
    public String toString() {
        return id() + " (" + state + ", version " + version + ")";
    }
}
