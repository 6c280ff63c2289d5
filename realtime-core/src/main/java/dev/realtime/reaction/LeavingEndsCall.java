package dev.realtime.reaction;

import dev.realtime.address.UserId;
import dev.realtime.call.CallSignaler;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceListener;
import java.time.Instant;
import java.util.function.Supplier;

/** Tells calls who has no session on any node any more, and who has one again; what that means, the call knows. */
public final class LeavingEndsCall implements PresenceListener {
    private final Supplier<CallSignaler> calls;

    /** Tells {@code calls}, which is asked for when there is something to tell. */
    public LeavingEndsCall(Supplier<CallSignaler> calls) {
        this.calls = calls;
    }

    @Override
    public void changed(Presence presence) {
        // How somebody is seen ends no call: who hides still talks.
    }

    @Override
    public void lost(UserId user, Instant at) {
        calls.get().lost(user, at);
    }

    @Override
    public void returned(UserId user) {
        calls.get().returned(user);
    }
}
