package dev.realtime.reaction;

import dev.realtime.address.UserId;
import dev.realtime.call.Call;
import dev.realtime.call.CallListener;
import dev.realtime.call.Device;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.turn.Turns;
import java.util.function.Predicate;

/** Shows both parties as being in a call from the answer to the end of the last call that they have. */
public final class CallSetsInCall implements CallListener {
    private final PresenceTracker presence;
    private final Predicate<UserId> isTalking;
    /** One look at a user's calls at a time, or what was seen before a change could be shown after it. */
    private final Turns turns = new Turns();

    /** Shows in {@code presence} what {@code isTalking} says of a user whose calls have changed. */
    public CallSetsInCall(PresenceTracker presence, Predicate<UserId> isTalking) {
        this.presence = presence;
        this.isTalking = isTalking;
    }

    @Override
    public void accepted(Call call, Device answering) {
        call.invitation().parties().forEach(this::show);
    }

    @Override
    public void ended(Call call) {
        call.invitation().parties().forEach(this::show);
    }

    private void show(UserId user) {
        turns.take(user, () -> presence.setInCall(user, isTalking.test(user)));
    }
}
