package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.call.Call;
import dev.realtime.call.CallListener;
import dev.realtime.call.CallPolicy;
import dev.realtime.call.Device;
import dev.realtime.call.QualityIssue;
import dev.realtime.call.QualityReport;
import dev.realtime.call.Signal;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageListener;
import dev.realtime.messaging.MessagePolicy;
import dev.realtime.messaging.Receipt;
import dev.realtime.messaging.Target;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationListener;
import dev.realtime.room.Participant;
import dev.realtime.room.RoomListener;
import dev.realtime.room.RoomPolicy;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
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

    /** One listener of them all, as with sessions. */
    static CallListener listening(CallListener... listeners) {
        return new CallListener() {
            @Override
            public void ringing(Call call) {
                each(listener -> listener.ringing(call));
            }

            @Override
            public void accepted(Call call, Device answering) {
                each(listener -> listener.accepted(call, answering));
            }

            @Override
            public void rejected(Call call, Device answering) {
                each(listener -> listener.rejected(call, answering));
            }

            @Override
            public void ended(Call call) {
                each(listener -> listener.ended(call));
            }

            @Override
            public void missed(Call call) {
                each(listener -> listener.missed(call));
            }

            @Override
            public void signaled(Call call, Signal signal) {
                each(listener -> listener.signaled(call, signal));
            }

            @Override
            public void degraded(Call call, Device reporter, QualityReport report, QualityIssue issue) {
                each(listener -> listener.degraded(call, reporter, report, issue));
            }

            private void each(Consumer<CallListener> telling) {
                for (CallListener listener : listeners) {
                    told(() -> telling.accept(listener));
                }
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
