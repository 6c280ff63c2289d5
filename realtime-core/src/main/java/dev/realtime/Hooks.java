package dev.realtime;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.CallPolicy;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.MessagePolicy;
import dev.realtime.presence.PresencePolicy;
import dev.realtime.room.RoomPolicy;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge to code of the host: a policy that throws has said no; a store that cannot be reached is passed on as such. */
final class Hooks {
    private static final Logger log = LoggerFactory.getLogger(Hooks.class);

    private Hooks() {}

    static RoomPolicy rooms(RoomPolicy policy) {
        return (who, room) -> asked(() -> policy.mayEnter(who, room), false);
    }

    static MessagePolicy messages(MessagePolicy policy) {
        return (sender, recipient) -> asked(() -> policy.mayWrite(sender, recipient), false);
    }

    static PresencePolicy presence(PresencePolicy policy) {
        return (who, other) -> asked(() -> policy.maySee(who, other), false);
    }

    static CallPolicy calls(CallPolicy policy) {
        return (caller, callee) -> asked(() -> policy.mayCall(caller, callee), false);
    }

    static VisitDirectory visits(VisitDirectory visits) {
        return new VisitDirectory() {
            @Override
            public Optional<Visit> find(VisitId id) {
                return asked(() -> visits.find(id), Optional.empty());
            }

            @Override
            public List<VisitId> visitsOf(UserId user, int limit) {
                return asked(() -> visits.visitsOf(user, limit), List.of());
            }
        };
    }

    private static <T> T asked(Supplier<T> hook, T no) {
        try {
            return hook.get();
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException broken) {
            log.warn("a hook threw, which counts as no", broken);
            return no;
        }
    }
}
