package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.call.Call;
import dev.realtime.call.CallListener;
import dev.realtime.call.Device;
import dev.realtime.call.QualityIssue;
import dev.realtime.call.QualityReport;
import dev.realtime.call.Signal;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageListener;
import dev.realtime.messaging.Receipt;
import dev.realtime.messaging.Target;
import dev.realtime.notification.Notification;
import dev.realtime.notification.NotificationListener;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceListener;
import dev.realtime.room.Participant;
import dev.realtime.room.RoomListener;
import dev.realtime.session.EndReason;
import dev.realtime.session.Session;
import dev.realtime.session.SessionListener;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge to listeners: one that throws costs a log line, and keeps nothing from the others. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private Listeners() {}

    static MessageListener of(MessageListener listener) {
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

    /** One listener of them all, told in this order. */
    static SessionListener of(SessionListener... listeners) {
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

    /** One listener of them all, told in this order. */
    static PresenceListener of(PresenceListener... listeners) {
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

    static RoomListener of(RoomListener listener) {
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

    static NotificationListener of(NotificationListener listener) {
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

    /** One listener of them all, told in this order. */
    static CallListener of(CallListener... listeners) {
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

    private static void told(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            log.error("a listener threw", broken);
        }
    }
}
