package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.call.CallSignaler;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;

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
        calls.ringing(session.principal().user())
                .forEach(call -> announcements.ringing(call, Audience.session(session.id())));
    }
}
