package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.call.Call;
import dev.realtime.call.CallSignaler;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import java.util.Optional;

/**
 * Lets a device ring that connects while its user is being rung. One that resumes has heard of the call, or hears of it
 * among the events it has missed.
 */
public final class RingingAtConnect implements SessionListener {
    private final CallSignaler calls;
    private final CallAnnouncements announcements;

    /** Asks {@code calls} what rings. */
    public RingingAtConnect(CallSignaler calls, CallAnnouncements announcements) {
        this.calls = calls;
        this.announcements = announcements;
    }

    @Override
    public void opened(Session session) {
        Audience device = Audience.session(session.id());
        for (Call call : calls.ringing(session.principal().user())) {
            announcements.ringing(call, device);
            Optional<Call> now = calls.find(call.id());
            if (now.filter(Call::isRinging).isEmpty()) {
                // The end was told while the device had not heard of the call, and would let it ring for ever.
                announcements.silenced(now.orElse(call), device);
            }
        }
    }
}
