package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.turn.Turns;
import dev.realtime.visit.VisitDirectory;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Binds unused rooms to the visit that the first one to enter names. Whether a room is unused and who enters it are
 * decided under one lock a room, or a stranger could slip in between the two.
 */
final class RoomClaims {
    private final RoomAccess access;
    private final RoomStores stores;
    private final VisitDirectory visits;
    private final Predicate<RoomId> hasMessages;
    private final Turns entries = new Turns();

    RoomClaims(RoomAccess access, RoomStores stores, VisitDirectory visits, Predicate<RoomId> hasMessages) {
        this.access = access;
        this.stores = stores;
        this.visits = visits;
        this.hasMessages = hasMessages;
    }

    /** Runs {@code entry}, after the room was bound to the claimed visit if it can be. */
    void entering(RoomId room, Principal who, Optional<VisitId> claim, Runnable entry) {
        if (RoomKind.of(room) != RoomKind.OTHER) {
            entry.run();
            return;
        }
        entries.take(room, () -> {
            claim.filter(visit -> mayClaim(who, room, visit))
                    .ifPresent(visit -> stores.bindings().bind(room, visit));
            entry.run();
        });
    }

    private boolean mayClaim(Principal who, RoomId room, VisitId visit) {
        return access.isBindable(room)
                && visits.isParticipant(visit, who.user())
                && stores.members().participants(room).isEmpty()
                && !hasMessages.test(room);
    }
}
