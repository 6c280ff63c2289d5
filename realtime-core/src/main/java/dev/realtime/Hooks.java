package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageListener;
import dev.realtime.messaging.MessagePolicy;
import dev.realtime.messaging.Receipt;
import dev.realtime.messaging.Target;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationListener;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceListener;
import dev.realtime.presence.PresencePolicy;
import dev.realtime.room.Participant;
import dev.realtime.room.RoomListener;
import dev.realtime.room.RoomPolicy;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge to code of the host and to listeners. A policy that throws has said no, a listener that throws costs a
 * log line; only a store that cannot be reached is passed on as such.
 */
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

    static MessageListener listening(MessageListener listener) {
        return new MessageListener() {
            @Override
            public void sent(Message message, Target target) {
                told(() -> listener.sent(message, target));
            }

            @Override
            public void received(Receipt receipt) {
                told(() -> listener.received(receipt));
            }
        };
    }

    /** One listener of them all, told in this order; one that throws does not keep it from the others. */
    static SessionListener listening(SessionListener... listeners) {
        return new SessionListener() {
            @Override
            public void opened(Session session) {
                each(listener -> listener.opened(session));
            }

            @Override
            public void resumed(Session session) {
                each(listener -> listener.resumed(session));
            }

            @Override
            public void closed(Session session, EndReason reason) {
                each(listener -> listener.closed(session, reason));
            }

            private void each(Consumer<SessionListener> telling) {
                for (SessionListener listener : listeners) {
                    told(() -> telling.accept(listener));
                }
            }
        };
    }

    /** One listener of them all, told in this order; one that throws does not keep it from the others. */
    static PresenceListener listening(PresenceListener... listeners) {
        return new PresenceListener() {
            @Override
            public void changed(Presence presence) {
                each(listener -> listener.changed(presence));
            }

            @Override
            public void lost(UserId user, Instant at) {
                each(listener -> listener.lost(user, at));
            }

            @Override
            public void returned(UserId user) {
                each(listener -> listener.returned(user));
            }

            @Override
            public void failed(StoreException away) {
                each(listener -> listener.failed(away));
            }

            private void each(Consumer<PresenceListener> telling) {
                for (PresenceListener listener : listeners) {
                    told(() -> telling.accept(listener));
                }
            }
        };
    }

    static RoomListener listening(RoomListener listener) {
        return new RoomListener() {
            @Override
            public void joined(RoomId room, Participant participant) {
                told(() -> listener.joined(room, participant));
            }

            @Override
            public void left(RoomId room, Participant participant, Optional<String> reason) {
                told(() -> listener.left(room, participant, reason));
            }
        };
    }

    static NotificationListener listening(NotificationListener listener) {
        return new NotificationListener() {
            @Override
            public void arrived(UserId user, Notification notification) {
                told(() -> listener.arrived(user, notification));
            }

            @Override
            public void changed(UserId user, LongSupplier unread) {
                told(() -> listener.changed(user, unread));
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

    private static void told(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            log.error("a listener threw", broken);
        }
    }
}
