package dev.realtime.wire;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.engine.Watchers;
import dev.realtime.error.StoreException;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceTracker;
import dev.realtime.session.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Has sessions watch users and tells them how those are seen, so that nothing is missed: a session hears of changes from
 * before the moment of which it is told, and is told again of whoever changed in that moment.
 */
public final class Watching {
    /** In one event; it is the size of the largest subscription. */
    private static final int MOST_AT_ONCE = 500;

    private final Watchers watchers;
    private final PresenceTracker tracker;
    private final PresenceEvents events;
    private final int perSession;

    /** Lets each session watch so many users. */
    public Watching(Watchers watchers, PresenceTracker tracker, PresenceEvents events, int perSession) {
        this.watchers = watchers;
        this.tracker = tracker;
        this.events = events;
        this.perSession = perSession;
    }

    /** Those whom the user may not see are left out. */
    void subscribe(Session session, List<UserId> users) {
        List<UserId> visible = tracker.visible(session.principal(), users);
        List<UserId> added = watchers.watch(session.id(), visible, perSession);
        try {
            tell(session.id(), visible);
        } catch (StoreException away) {
            watchers.unwatch(session.id(), added);
            throw away;
        }
    }

    void unsubscribe(SessionId session, List<UserId> users) {
        watchers.unwatch(session, users);
    }

    void unsubscribe(SessionId session) {
        watchers.unwatch(session, watchers.watchedBy(session));
    }

    /** Tells a session that is back of all it watches; who is hidden from its user by now it watches no longer. */
    void restore(Session session) {
        List<UserId> watched = watchers.watchedBy(session.id());
        List<UserId> visible = tracker.visible(session.principal(), watched);
        List<UserId> hidden = new ArrayList<>(watched);
        hidden.removeAll(visible);
        watchers.unwatch(session.id(), hidden);
        for (int from = 0; from < visible.size(); from += MOST_AT_ONCE) {
            tell(session.id(), visible.subList(from, Math.min(visible.size(), from + MOST_AT_ONCE)));
        }
    }

    /**
     * A change may be told between the moment in which the store is read and the one in which its answer is on its way;
     * it would be heard before the older value. As little is told of one user in a second, once more is enough.
     */
    private void tell(SessionId session, List<UserId> users) {
        long before = tracker.tellings();
        List<Presence> presences = tracker.find(users);
        events.tellInitial(session, presences);
        List<Presence> newer = tracker.find(tracker.toldSince(users, before)).stream()
                .filter(now -> presences.stream().noneMatch(now::looksLike))
                .toList();
        if (!newer.isEmpty()) {
            events.tellInitial(session, newer);
        }
    }
}
